import { inOneStep } from '../../engine/calls/in-one-step.ts'
import type { Db } from '../../engine/definitions/store.ts'
import { definitionsTopic } from '../../engine/definitions/topic.ts'
import type { Author } from '../../engine/definitions/versions.ts'
import type { Caller } from '../../tools/caller.ts'
import { offRunAgent } from '../../tools/caller.ts'
import type { DefinitionDeps } from './deps.ts'
import type { Family } from './family.ts'

/** Works in one transaction and tells who follows the family; a call of a run is answered in it. */
export async function change<T>(
  { db, clock, bus }: Pick<DefinitionDeps, 'db' | 'clock' | 'bus'>,
  caller: Caller,
  { family }: Pick<Family<object>, 'family'>,
  work: (tx: Db, now: number) => Promise<T>,
): Promise<T> {
  const { output } = await inOneStep({ db, clock }, caller, async (tx) => ({
    output: await work(tx, clock.now()),
    events: [],
  }))
  bus.announce(definitionsTopic(caller.tenantId, family))
  return output
}

export function authorOf({ run }: Caller): Author {
  return run
    ? { createdBy: run.agent.name, agentId: run.agentId, runId: run.id }
    : { createdBy: '', agentId: `a_${offRunAgent}`, runId: null }
}
