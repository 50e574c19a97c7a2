import { listWishes } from '../rows/wishes.ts'
import type { WorkingRun } from './working-run.ts'

/** What is announced when something was wished of a run. */
export function wishTopic(runId: string): string {
  return `wishes/${runId}`
}

/** Takes in what others wish of the run; what cannot wait interrupts the turn. Says whether somebody has said something. */
export async function hearWishes({ deps, record, control }: WorkingRun): Promise<boolean> {
  const { wishes, hasInputs } = await listWishes(deps.db, record.id)
  for (const wish of wishes) control.hear(wish)
  return hasInputs
}
