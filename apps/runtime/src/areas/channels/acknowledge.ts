import { RuntimeError } from '@loomcycle/proto'
import type { Opened } from './access.ts'
import type { ChannelContext } from './context.ts'
import { type Position, start, toCursor } from './cursor.ts'
import { type Db, findCursor, putCursor } from './store.ts'

/** Moves a cursor forwards. One that lies in the future would hide messages that nobody has written yet. */
export async function acknowledge(
  tx: Db,
  ctx: ChannelContext,
  { place, reader }: Opened,
  position: Position,
  agent: string,
): Promise<void> {
  const current = (await findCursor(tx, place, reader)) ?? start
  if (position < current) {
    throw new RuntimeError(
      'channel_cursor_regression',
      `channel_cursor_regression: ${toCursor(position)} lies before ${toCursor(current)}, which is read already`,
    )
  }
  if (position > ctx.ticks.horizon()) {
    throw new RuntimeError('invalid_request', `${toCursor(position)} lies after everything that can be read by now`)
  }
  await putCursor(tx, place, { reader, position, movedBy: agent, now: ctx.clock.now() })
}
