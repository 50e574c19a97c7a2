import { ArrowUp, GitBranch } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { isComposing } from '../../../lib/composing.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { clip } from '../../../lib/format.ts'
import { enterKeyHint, isSendKey } from '../../../lib/send-key.ts'
import { Problem } from '../components/problem.tsx'
import { SentFiles } from '../components/transcript/input-row.tsx'
import { drafts } from '../drafts.ts'
import { fromText } from '../model/typed.ts'
import type { Turn } from '../model/types.ts'
import type { Branching } from './branching.ts'

/** A message in other words, at the place of the message. What was attached to it comes along. */
export function MessageEditor({ turn, branching }: { turn: Turn; branching: Branching }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const draftOf = branching.draftOf(turn)
  const before = fromText(turn.input?.text ?? '')
  const pictures = turn.input?.pictures ?? []
  const [text, setText] = useState(() => drafts.read(draftOf) || before.text)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState('')
  const attached = before.files.length + pictures.length > 0
  const canSend = !sending && (text.trim() !== '' || attached)

  useEffect(() => {
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])

  function write(next: string): void {
    setText(next)
    drafts.write(draftOf, next === before.text ? '' : next)
  }

  function cancel(): void {
    drafts.write(draftOf, '')
    branching.stopEditing()
  }

  async function send(): Promise<void> {
    if (!canSend) return
    setSending(true)
    setProblem('')
    try {
      await branching.resend(turn, text.trim())
    } catch (error) {
      const { reason, hint } = describeError(error)
      setProblem(hint ? `${reason} ${hint}` : reason)
    } finally {
      setSending(false)
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event.nativeEvent)) return
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      cancel()
    }
  }

  return (
    <form
      aria-label={`Edit and resend: ${clip(before.text, 40)}`}
      className="mt-6 mb-3 rounded-lg border border-line-strong bg-raised shadow-card focus-within:border-ring"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p className="flex items-center gap-2 border-b px-3.5 py-1.5 text-muted text-sm">
        <GitBranch aria-hidden="true" className="size-4 shrink-0 text-accent-text" />
        Editing – sends as a new branch
      </p>
      {problem && <Problem title="Not sent." text={problem} onDismiss={() => setProblem('')} className="border-b" />}
      <Textarea
        ref={field}
        aria-label="Edited text"
        dir="auto"
        rows={1}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        enterKeyHint={enterKeyHint()}
        className="block max-h-[40vh] min-h-11 w-full overflow-y-auto px-3.5 pt-2.5 pb-1 outline-none"
      />
      <div className="px-3.5">
        <SentFiles files={before.files} pictures={pictures} />
      </div>
      <div className="flex items-center justify-end gap-2 p-2">
        <Button size="sm" variant="ghost" onClick={cancel}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={!canSend}>
          {sending ? 'Branching…' : 'Send as a branch'}
          <ArrowUp aria-hidden="true" />
        </Button>
      </div>
    </form>
  )
}
