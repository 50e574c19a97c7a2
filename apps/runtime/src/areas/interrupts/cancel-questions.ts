import type { Publication } from '../channels/publish.ts'
import type { InterruptContext } from './context.ts'
import { settledPublication } from './publications.ts'
import { listPending, settleInterrupt } from './store.ts'

const by = 'agent_cancel'

/** Ends the open questions of a run that does not want the answers any more. Fails where one is answered meanwhile. */
export async function cancelQuestions(
  ctx: Pick<InterruptContext, 'db' | 'channels'>,
  runId: string,
  at: number,
): Promise<Publication> {
  const outcome = { status: 'cancelled', answer: null, by } as const
  const ended = (await listPending(ctx.db, runId)).map((row) => ({
    settle: settleInterrupt(row.id, { ...outcome, at }),
    publication: settledPublication(ctx, row, outcome),
  }))
  return {
    statements: ended.flatMap(({ settle, publication }) => [settle, ...publication.statements]),
    announce: () => {
      for (const { publication } of ended) publication.announce()
    },
  }
}
