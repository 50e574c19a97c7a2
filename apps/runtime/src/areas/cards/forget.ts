import { type CardStart, deleteStart } from '../documents/store/card-starts.ts'
import type { CardContext } from './context.ts'

/** There is nothing to be done for it any more, and nobody to be told. */
export async function forget({ db }: CardContext, row: CardStart): Promise<void> {
  await db.transaction((tx) => deleteStart(tx, row))
}
