import type { RunnableAgent } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { SendField } from '../../../components/ui/send-field.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { preferAgent, preferredAgent } from '../../../lib/runs/preferred-agent.ts'
import { toast } from '../../../lib/toast.ts'
import { focusViewIfLost } from '../components/focus.ts'
import { mentionsIn } from '../model/mentions.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { type Asking, askField, asking } from './ask.ts'
import { useNames } from './names.ts'
import { useCommentDraft } from './use-comment-draft.ts'

interface AskDialogProps {
  documentId: string
  editing: EditDocument
  /** The card that is open: it shows itself what comes of it. */
  opened: string | undefined
}

/** Asks which agent is to do what with a card. It is a comment that mentions the agent, and so is the answer. */
export function AskDialog(props: AskDialogProps) {
  const about = useStore(asking)
  return about === undefined ? null : <Ask key={about.cardId} {...props} {...about} />
}

function Ask({
  documentId,
  editing,
  opened,
  cardId,
  isPlan = false,
}: AskDialogProps & Omit<Asking, 'isPlan'> & { isPlan?: boolean }) {
  const { data: all, error } = useQuery(agentsQuery)
  const agents = isPlan ? all?.filter(({ documents }) => documents) : all
  const names = useNames(documentId)
  const preferred = useStore(preferredAgent)
  const [chosen, setChosen] = useState<string>()
  const draft = useCommentDraft(askField(cardId))
  const agent = chosen ?? usual(agents ?? [], preferred)?.name
  const title = editing.chunks.get(cardId)?.title || 'Untitled'
  const id = useId()
  const close = () => asking.set(undefined)
  const canAsk = agent !== undefined && draft.text.trim() !== ''

  function ask(): void {
    if (agent === undefined || !canAsk) return
    const body = `@${agent} ${draft.text.trim()}`
    const mentions = mentionsIn(body, names)
    editing.comment({ cardId, body, mentions, asks: mentions.filter((name) => names.agents.includes(name)) })
    draft.type('')
    if (chosen) preferAgent(chosen)
    if (opened !== cardId) toast.info(`${agent} was asked`, `Its answer will be a comment on “${title}”.`)
    close()
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      onClosed={focusViewIfLost}
      title={isPlan ? 'Let an agent plan' : 'Ask an agent'}
      description={`About “${title}”.`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
        className="flex flex-col gap-3 p-4"
      >
        {error && !agents ? (
          <p role="alert" className="text-danger text-sm">
            The agents could not be read. {describeError(error).reason}
          </p>
        ) : (
          <label htmlFor={id} className="flex items-center gap-2 text-muted text-sm">
            Agent
            <Select
              id={id}
              value={agent ?? ''}
              onChange={(event) => setChosen(event.target.value)}
              className="min-w-0 flex-1"
            >
              {(agents ?? []).map(({ name, description }) => (
                <option key={name} value={name}>
                  {[name, description].filter(Boolean).join(' · ')}
                </option>
              ))}
            </Select>
          </label>
        )}
        <SendField
          aria-label="What it is to do"
          placeholder="What is it to do?"
          autoFocus
          rows={3}
          maxLength={60_000}
          value={draft.text}
          onText={draft.type}
          onSend={ask}
          className="max-h-[40vh] min-h-20 px-3 py-2"
        />
        <p className="text-faint text-xs">
          {isPlan
            ? 'It is given the document. Its cards come here as it writes them; what it answers is a comment on the document.'
            : 'It is given the card with its text and fields. What it answers is a comment.'}
        </p>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={!canAsk}>
            Ask
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function usual(agents: readonly RunnableAgent[], preferred: string): RunnableAgent | undefined {
  return agents.find(({ name }) => name === preferred) ?? agents.find((agent) => agent.default) ?? agents[0]
}
