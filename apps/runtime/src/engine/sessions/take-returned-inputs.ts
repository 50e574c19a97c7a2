import type { SaidInput } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { checkedKey } from '../../ground/idempotency/idempotency.ts'
import { newInputId } from '../../ground/ids.ts'
import type { Caller } from '../../tools/caller.ts'
import { countReturned, listTaken, takeReturned } from '../rows/returned-inputs.ts'
import { findVisibleSession } from '../runs/find-session.ts'
import { toSaidInput } from './said-input.ts'

/** Hands what runs of a session ended without to whoever asks first; to them again if they ask with the same key. */
export async function takeReturnedInputs(
  { db, clock }: AppContext,
  caller: Caller,
  sessionId: string,
): Promise<{ inputs: SaidInput[] }> {
  const key = checkedKey(caller.idempotencyKey)
  const session = await findVisibleSession(db, caller, sessionId)
  const by = key ?? newInputId()
  if ((await countReturned(db, session.id)) > 0) await db.write([takeReturned(session.id, by, clock.now())])
  return { inputs: (await listTaken(db, session.id, by)).map((input) => toSaidInput(input.runId, input)) }
}
