import { connection } from '../../../lib/client.ts'
import { keptDocuments } from './kept.ts'

/** A tab may have gone without a word, and what it has left is found a while later. */
const looksForLeft = 30_000

/** Saves what an earlier page, or a tab that is gone, has left unsaved, wherever in the app one is. */
export function watchLeftBehind(): void {
  look()
  setInterval(look, looksForLeft)
}

function look(): void {
  if (connection.state.get().kind === 'live' && keptDocuments().size > 0)
    void import('./writers.ts').then(({ takeUpLeft }) => takeUpLeft())
}
