import { clip } from '../../../../lib/format.ts'
import type { RunView, Turn } from '../types.ts'
import { toSpoken } from './plain.ts'

/** What was said aloud last, and what it was about. */
export interface Announcement {
  words: string
  /** The turn that is at work. */
  working?: string
  /** The tool call that failed last. */
  failed?: string
}

/** What somebody who opens a conversation has not missed. */
export function nothingNew(view: RunView): Announcement {
  const last = view.turns.at(-1)
  return { words: '', failed: last && failedIn(last)?.id, ...(last?.status === 'working' ? { working: last.id } : {}) }
}

/** What to say now. Words that stream in are no news: the same announcement comes back until something has happened. */
export function announce(before: Announcement, view: RunView): Announcement {
  const last = view.turns.at(-1)
  if (!last) return before
  const question = last.parts.findLast((part) => part.kind === 'question' && part.state === 'pending')
  const words = question?.kind === 'question' ? `The agent asks: ${toSpoken(question.question)}` : news(before, last)
  const working = last.status === 'working' ? last.id : undefined
  const failed = failedIn(last)?.id
  if (words === before.words && working === before.working && failed === before.failed) return before
  return { words, working, failed }
}

function news(before: Announcement, last: Turn): string {
  if (last.status !== 'working') return before.working === last.id ? endOf(last) : before.words
  const failed = failedIn(last)
  if (failed && failed.id !== before.failed) return `${failed.name} failed.`
  return before.working === last.id ? before.words : 'The agent is working.'
}

function failedIn(turn: Turn) {
  return turn.parts.findLast((part) => part.kind === 'tool' && part.state === 'failed') as
    | Extract<Turn['parts'][number], { kind: 'tool' }>
    | undefined
}

function endOf(turn: Turn): string {
  if (turn.status === 'stopped') return 'Stopped.'
  const last = turn.parts.findLast((part) => part.kind === 'error' || part.kind === 'text')
  if (turn.status === 'failed') return `The turn failed. ${last?.kind === 'error' ? clip(last.text, 200) : ''}`.trim()
  return `The agent has answered. ${last?.kind === 'text' ? clip(toSpoken(last.text), 200) : ''}`.trim()
}
