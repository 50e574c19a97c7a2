import { fromText } from './typed.ts'
import type { PendingInput, RunView } from './types.ts'
import type { ViewDraft } from './view-draft.ts'

export function addPending(view: RunView, input: PendingInput): RunView {
  return { ...view, pending: [...view.pending, input] }
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

/** The pending input that a `steer` takes in: the one it names, or else the oldest that says the same. */
export function takePending(draft: ViewDraft, text: string, inputId: string | undefined): PendingInput | undefined {
  const { pending } = draft.view
  const taken =
    pending.find((input) => inputId !== undefined && input.inputId === inputId) ??
    pending.find(
      (input) =>
        (input.inputId === undefined || inputId === undefined) &&
        input.state !== 'failed' &&
        input.text.trim() === text.trim(),
    )
  if (taken) draft.view.pending = pending.filter((input) => input !== taken)
  if (inputId !== undefined) draft.view.takenInputs = [...draft.view.takenInputs.slice(-15), inputId]
  return taken
}

/** What somebody has written in this conversation, oldest first, with what no agent has read yet; without the files. */
export function writtenTexts({ turns, pending }: RunView): string[] {
  return [...turns.flatMap(({ input }) => input ?? []), ...pending].map(({ text }) => fromText(text).text)
}
