import { stored } from '../../lib/browser/stored.ts'
import { tabDrafts } from '../../lib/browser/tab-drafts.ts'

/** A message that was sent and may or may not have arrived. */
export interface Unsure {
  text: string
  /** What its author wrote, where files went along: the text has their words, too. */
  written?: string
  /** The conversation's last turn when it was sent: a later one that says the same is this message. */
  after?: string
}

const draftKey = (chat: string) => `loomboard.draft.${chat}`
const unsureKey = (chat: string) => `loomboard.unsure.${chat}`

/** What is typed and not sent, per conversation; `new` is the one that has not begun. */
export const drafts = {
  read(chat: string): string {
    return tabDrafts.read(draftKey(chat))
  },
  write(chat: string, text: string): void {
    tabDrafts.write(draftKey(chat), text)
  },
  /** Kept until the server has it: a page that goes away in between loses nothing. */
  readUnsure(chat: string): Unsure | undefined {
    try {
      return JSON.parse(stored.read(unsureKey(chat)) ?? 'null') ?? undefined
    } catch {
      return undefined
    }
  },
  writeUnsure(chat: string, unsure: Unsure | undefined): void {
    stored.write(unsureKey(chat), unsure ? JSON.stringify(unsure) : null)
  },
}

/** The message has arrived: a turn that was not there before says the same. */
export function hasArrived(unsure: Unsure, last: { turnId: string; text: string } | undefined): boolean {
  return last !== undefined && last.turnId !== unsure.after && last.text.trim() === unsure.text.trim()
}

/** What the field starts with: what may not have arrived, then what was being typed. */
export function restoredText(unsure: Unsure | undefined, draft: string): string {
  const written = unsure && writtenOf(unsure)
  if (!written || draft === written) return draft
  return draft ? `${written}\n\n${draft}` : written
}

export function writtenOf({ text, written }: Unsure): string {
  return written ?? text
}
