import type { SaidInput } from '@loomcycle/client'
import { toAttachments } from '../../attachments/attachment.ts'
import { withoutAbout } from '../about.ts'
import { fromText, type Picture, picturesOf } from '../typed.ts'
import type { PendingInput, RunView, Written } from '../types.ts'
import type { ViewDraft } from './view-draft.ts'

export function addPending(view: RunView, input: PendingInput): RunView {
  return { ...view, pending: [...view.pending, input] }
}

/** What it waited for is there. */
export function markSending(view: RunView, localId: string): RunView {
  const sending = ({ waits: _, ...input }: PendingInput): PendingInput => input
  return { ...view, pending: view.pending.map((input) => (input.localId === localId ? sending(input) : input)) }
}

/** The server has it; it becomes a turn when its `steer` arrives, which may already have happened. */
export function markQueued(view: RunView, localId: string, inputId: string | undefined): RunView {
  if (inputId !== undefined && view.takenInputs.includes(inputId)) return dropPending(view, localId)
  const queued = (input: PendingInput): PendingInput => ({ ...input, state: 'queued', inputId })
  return { ...view, pending: view.pending.map((input) => (input.localId === localId ? queued(input) : input)) }
}

export function dropPending(view: RunView, localId: string): RunView {
  return { ...view, pending: view.pending.filter((input) => input.localId !== localId) }
}

/** What the run has yet to read, as the server has it: also what was said in other tabs, or before this page was loaded. */
export function withQueued(view: RunView, queued: readonly SaidInput[]): RunView {
  const waiting = new Set(queued.map(({ input_id }) => input_id))
  const known = view.pending.filter(({ inputId, state, elsewhere }) => {
    return state !== 'queued' || !elsewhere || waiting.has(inputId ?? '')
  })
  const fresh = queued.filter(
    ({ input_id }) => !known.some(({ inputId }) => inputId === input_id) && !view.takenInputs.includes(input_id),
  )
  if (fresh.length === 0 && known.length === view.pending.length) return view
  return { ...view, pending: [...known, ...fresh.map(toPending)] }
}

function toPending({ input_id, text, segments, said_at }: SaidInput): PendingInput {
  const pictures = picturesOf(segments)
  return {
    localId: input_id,
    inputId: input_id,
    text,
    ...(pictures.length > 0 ? { pictures } : {}),
    at: Date.parse(said_at),
    state: 'queued',
    elsewhere: true,
  }
}

/** A message as its author had it in the composer. */
export function writtenIn({ text, written }: PendingInput): Written {
  return written ?? { text, attachments: [] }
}

/** The same, of one that comes from the server. */
export function writtenOf({ text: whole, segments }: SaidInput): Written {
  const { text, files } = fromText(whole)
  return { text: withoutAbout(text), attachments: toAttachments(files, picturesOf(segments)) }
}

/** Pictures that came later than the message they belong to. */
export function withPictures(view: RunView, seq: number, pictures: readonly Picture[]): RunView {
  const turns = view.turns.map((turn) => {
    if (turn.input?.picturesAt !== seq) return turn
    const { picturesAt: _, ...input } = turn.input
    return { ...turn, input: { ...input, pictures } }
  })
  return { ...view, turns }
}

/** Messages whose pictures are still to be fetched: the rows of the log that have them. */
export function missingPictures(view: RunView): number[] {
  return view.turns.flatMap(({ input }) => input?.picturesAt ?? [])
}

/** The pending input that a `steer` takes in: the one it names, or else the oldest that says the same. */
export function takePending(draft: ViewDraft, text: string, inputId: string | undefined): PendingInput | undefined {
  const { pending } = draft.view
  const taken =
    pending.find((input) => inputId !== undefined && input.inputId === inputId) ??
    pending.find(
      (input) =>
        (input.inputId === undefined || inputId === undefined) &&
        input.state !== 'unread' &&
        input.text.trim() === text.trim(),
    )
  if (taken) draft.view.pending = pending.filter((input) => input !== taken)
  if (inputId !== undefined) draft.view.takenInputs = [...draft.view.takenInputs.slice(-15), inputId]
  return taken
}

/** What somebody has written in this conversation, oldest first, with what no agent has read yet; without what went along. */
export function writtenTexts({ turns, pending }: RunView): string[] {
  return [...turns.flatMap(({ input }) => input ?? []), ...pending].map(({ text }) => withoutAbout(fromText(text).text))
}
