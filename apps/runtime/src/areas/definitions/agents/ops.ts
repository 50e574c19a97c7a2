import type { agentDefOps } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { DerivedDeps } from '../derived/deps.ts'
import { derive } from '../derived/derive.ts'
import { derived, restore } from '../derived/restore.ts'
import { createVersionOps } from '../ops/index.ts'
import { agentFamily } from './agent-family.ts'

export function createAgentDefOps(deps: DefinitionDeps & DerivedDeps): OpImplementations<typeof agentDefOps> {
  return {
    ...createVersionOps(deps, agentFamily(deps)),
    derive: forPeople(derive(deps)),
    derived: forPeople(derived(deps)),
    restore: forPeople(restore(deps)),
  }
}

/** What a conversation runs on is for whoever leads it to say. */
function forPeople<I, O>(op: (caller: Caller, input: I) => Promise<O>) {
  return async (caller: Caller, input: I) => {
    if (caller.run) throw new ToolError('only people choose what a conversation runs on; fork an agent instead')
    return op(caller, input)
  }
}
