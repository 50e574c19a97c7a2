import { tabDrafts } from '../../../lib/browser/tab-drafts.ts'

/** An agent or a skill that is being written. */
export interface Draft {
  name: string
  text: string
  note: string
  /** The version it is written on: an id, `configured`, or empty for none. */
  base: string
}

/** Drafts are lines of JSON: where tabs have left several, the last one is gone on with and the others are offered. */
export function readDrafts(key: string): Draft[] {
  return tabDrafts
    .read(key)
    .split('\n\n')
    .flatMap((line) => {
      try {
        const draft = JSON.parse(line)
        return typeof draft?.text === 'string' ? [draft as Draft] : []
      } catch {
        return []
      }
    })
}

export function keepDrafts(key: string, drafts: readonly Draft[]): void {
  tabDrafts.write(key, drafts.map((draft) => JSON.stringify(draft)).join('\n\n'))
}
