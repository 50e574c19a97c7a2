import type { SaidInput } from '@loomcycle/client'
import type { PendingInput, RunView, Written } from '../types.ts'
import { writtenIn, writtenOf } from './inputs.ts'

/** Messages in one: they go into the composer together, in the order in which they came back. */
export function joinWritten(messages: readonly Written[]): Written {
  const texts = messages.map(({ text }) => text).filter(Boolean)
  return { text: texts.join('\n\n'), attachments: messages.flatMap(({ attachments }) => attachments) }
}

/** What a run ended without reading. */
export function unreadOf(view: RunView): PendingInput[] {
  return view.pending.filter(({ state }) => state === 'unread')
}

/** Whether this tab asks for them at once; the others leave them for a while to the one where they were said. */
export function asksFirst(unread: readonly PendingInput[], endedHere: boolean): boolean {
  return endedHere || unread.some(({ elsewhere }) => !elsewhere)
}

/** What the runtime hands back, as its author had it: this tab remembers its own better than the runtime does. */
export function writtenBack(inputs: readonly SaidInput[], pending: readonly PendingInput[]): Written[] {
  return inputs.map((input) => {
    const own = pending.find(({ inputId, elsewhere }) => inputId === input.input_id && !elsewhere)
    return own ? writtenIn(own) : writtenOf(input)
  })
}
