import { wantsComment } from '../../talk/wants-comment.ts'
import type { Desk } from './desk.ts'

/** Opens a card where something is to be said about it. */
export function comment(desk: Desk, id: string): void {
  wantsComment.set(id)
  desk.props.onOpen(id)
}
