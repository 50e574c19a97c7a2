import { ArrowUp, Power, Square } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { useShortcut } from '../../../lib/shortcuts.ts'
import type { ReturnedText } from '../conversation.ts'
import type { ComposerMode } from '../model/composer-mode.ts'
import { Problem } from './problem.tsx'
import { type LastInput, useDraft } from './use-draft.ts'

export interface ComposerProps {
  /** Whose draft this is: a session's id, or `new`. */
  draftOf: string
  mode: ComposerMode
  stopping: boolean
  returned?: ReturnedText
  /** What ↑ brings back in an empty field. */
  last?: LastInput
  onSend: (text: string) => Promise<boolean>
  onStop: () => void
  onEnd: () => void
  onTakeReturned: () => void
  /** Stands at the left of the buttons. */
  children?: ReactNode
}

export function Composer(props: ComposerProps) {
  const { draftOf, mode, stopping, returned, onTakeReturned } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft(draftOf, props.last)
  const { text, setText } = draft
  const [problem, setProblem] = useState('')

  const takeBack = useEffectEvent((back: ReturnedText) => {
    if (draft.returned(back.text, back.unsure)) setProblem(back.reason)
    onTakeReturned()
  })
  useEffect(() => {
    if (returned) takeBack(returned)
  }, [returned])

  useShortcut('/', () => field.current?.focus())

  const canSend = mode.canSend && text.trim() !== ''
  async function send(): Promise<void> {
    if (!canSend) return
    const message = text.trim()
    setProblem('')
    draft.sending(message)
    if (await props.onSend(message)) draft.sent()
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      void send()
    } else if (event.key === 'ArrowUp' && text === '' && props.last && !event.altKey) {
      event.preventDefault()
      setText(props.last.text)
    } else if (event.key === 'Escape' && mode.canStop && !stopping) {
      event.preventDefault()
      props.onStop()
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      className="rounded-xl border border-line-strong bg-raised shadow-card focus-within:border-ring"
    >
      {problem && (
        <Problem title="Not sent." text={problem} onDismiss={() => setProblem('')} className="rounded-t-xl border-b" />
      )}
      <Textarea
        ref={field}
        autoFocus={!matchMedia('(pointer: coarse)').matches}
        aria-label="Message"
        placeholder={mode.placeholder}
        rows={1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        enterKeyHint="send"
        className="block max-h-[40vh] min-h-11 w-full overflow-y-auto px-3.5 pt-3 pb-1 outline-none"
      />
      <div className="flex items-center gap-2 p-2 pl-3">
        <div className="flex min-w-0 flex-1 items-center gap-2">{props.children}</div>
        {mode.canEnd && (
          <Button
            size="sm"
            variant="ghost"
            onClick={props.onEnd}
            data-tip="Ends the run. The next message starts another one."
          >
            <Power aria-hidden="true" />
            End run
          </Button>
        )}
        {mode.canStop && (
          <Button
            size="sm"
            variant="danger"
            disabled={stopping}
            onClick={props.onStop}
            data-tip="Stops this turn (Esc). The conversation stays open."
          >
            <Square aria-hidden="true" className="fill-current" />
            {stopping ? 'Stopping…' : 'Stop'}
          </Button>
        )}
        <Button size="sm" variant="primary" type="submit" disabled={!canSend}>
          {mode.action}
          <ArrowUp aria-hidden="true" />
        </Button>
      </div>
    </form>
  )
}
