import type { Edit } from './edit.ts'
import { putType, type TypeRow } from './store/types.ts'

/** In place of what was declared there before; what it has grown by counts like the text of chunks. */
export async function declareType(
  { tx, placeId, now, take }: Edit,
  type: TypeRow,
  before: TypeRow | undefined,
): Promise<void> {
  take({ bytes: Buffer.byteLength(type.fields) - Buffer.byteLength(before?.fields ?? '') })
  await putType(tx, placeId, type, now)
}
