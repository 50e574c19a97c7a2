import type { OpSet } from '@loomcycle/proto'
import type { OpImplementations } from '../../tools/op-set.ts'
import type { OpContext } from '../../tools/op-tool.ts'
import { agentCaller, type PlaceCaller } from './place.ts'

/** The same ops, called by an agent. */
export function forAgents<S extends OpSet>(ops: OpImplementations<S, PlaceCaller>): OpImplementations<S, OpContext> {
  const called = Object.entries(ops).map(([name, run]) => [
    name,
    ({ scope }: OpContext, input: unknown) =>
      (run as (caller: PlaceCaller, input: unknown) => unknown)(agentCaller(scope), input),
  ])
  return Object.fromEntries(called)
}
