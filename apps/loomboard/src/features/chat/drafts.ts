import { stored } from '../../lib/stored.ts'

const draftKey = (chat: string) => `loomboard.draft.${chat}`
const sentKey = (chat: string) => `loomboard.sent.${chat}`

/** What is typed and not sent, per conversation; `new` is the one that has not begun. */
export const drafts = {
  read(chat: string): string {
    return stored.read(draftKey(chat)) ?? ''
  },
  write(chat: string, text: string): void {
    stored.write(draftKey(chat), text === '' ? null : text)
  },
  /** Kept until the server has it: a page that goes away in between loses nothing. */
  sending(chat: string, text: string): void {
    stored.write(sentKey(chat), text)
  },
  sent(chat: string): void {
    stored.write(sentKey(chat), null)
  },
  /** What was on its way when the page went; asked once. */
  takeUnsent(chat: string): string {
    const text = stored.read(sentKey(chat)) ?? ''
    if (text) stored.write(sentKey(chat), null)
    return text
  },
}
