import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { SendField } from '../../../components/ui/send-field.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { client } from '../../../lib/client.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { focusViewIfLost } from '../components/focus.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { refusalOf, rereadTeamRuns, teamNamesQuery } from './queries.ts'
import { sending, sent } from './running.ts'

interface SendDialogProps {
  document: wire.GetDocumentOutput
  editing: EditDocument
  onOpen: (chunkId: string) => void
}

/** Sends a card through a team: the one of its board, or one that is chosen. */
export function SendDialog(props: SendDialogProps) {
  const cardId = useStore(sending)
  return cardId === undefined ? null : <Send key={cardId} cardId={cardId} {...props} />
}

function Send({ cardId, document, editing, onOpen }: SendDialogProps & { cardId: string }) {
  const bound = editing.boards.get('main')?.fields?.team
  const { data: names, error } = useQuery(teamNamesQuery)
  const inUse = (names ?? []).filter(({ active_def_id, active_retired }) => active_def_id && !active_retired)
  const isBound = typeof bound === 'string' && inUse.some(({ name }) => name === bound)
  const [chosen, setChosen] = useState<string>()
  const team = isBound ? bound : (chosen ?? inUse[0]?.name)
  const [task, setTask] = useState('')
  const [asksOnCap, setAsksOnCap] = useState(true)
  const [refused, setRefused] = useState<string>()
  const [isSending, setSending] = useState(false)
  const title = editing.chunks.get(cardId)?.title || 'Untitled'
  const id = useId()
  const close = () => sending.set(undefined)

  async function send(): Promise<void> {
    if (team === undefined || isSending) return
    setSending(true)
    try {
      await client.teamDef({
        ...{ op: 'run', name: team, board_chunk_id: cardId, wait: false, interrupt_on_cap: asksOnCap },
        ...(task.trim() ? { input: task.trim() } : {}),
      })
      sent.add(cardId)
      close()
      onOpen(cardId)
    } catch (failure) {
      setRefused(refusalOf(failure) ?? describeError(failure).reason)
    } finally {
      setSending(false)
      rereadTeamRuns(document.document_id)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      onClosed={focusViewIfLost}
      title="Send through a team"
      description={`“${title}” goes from state to state, and waits where a person decides.`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        className="flex flex-col gap-3 p-4"
      >
        {error && !names ? (
          <p role="alert" className="text-danger text-sm">
            The teams could not be read. {describeError(error).reason}
          </p>
        ) : names && inUse.length === 0 ? (
          <p className="text-muted text-sm">There is no team yet.</p>
        ) : (
          <label htmlFor={id} className="flex items-center gap-2 text-muted text-sm">
            Team
            <Select
              id={id}
              value={team ?? ''}
              disabled={isBound}
              onChange={(event) => setChosen(event.target.value)}
              className="min-w-0 flex-1"
            >
              {inUse.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </label>
        )}
        {isBound && <p className="text-faint text-xs">This board goes by {bound}, and its cards through no other.</p>}
        <SendField
          aria-label="What its agents are told besides"
          placeholder="What are its agents to be told besides the card? (May stay empty.)"
          autoFocus
          rows={3}
          maxLength={60_000}
          value={task}
          onText={setTask}
          onSend={() => void send()}
          className="max-h-[40vh] min-h-20 px-3 py-2"
        />
        <label className="flex items-center gap-2 text-muted text-sm">
          <input
            type="checkbox"
            checked={asksOnCap}
            onChange={(event) => setAsksOnCap(event.target.checked)}
            className="size-4 accent-accent"
          />
          Wait for somebody where its steps are used up
        </label>
        {refused && (
          <p role="alert" className="text-danger text-sm">
            {refused}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={team === undefined || isSending}>
            {isSending ? 'Sending…' : 'Send'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
