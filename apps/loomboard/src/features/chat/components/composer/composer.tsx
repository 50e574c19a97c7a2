import { ArrowUp, Paperclip, Power, Square } from 'lucide-react'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { type SuggestionSource, suggestionId } from '../../../../components/suggestions/suggestions.ts'
import { useSuggestions } from '../../../../components/suggestions/use-suggestions.ts'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { isComposing } from '../../../../lib/composing.ts'
import { onDemand, useOnDemand } from '../../../../lib/on-demand.ts'
import { enterKeyHint, isSendKey } from '../../../../lib/send-key.ts'
import { useShortcut } from '../../../../lib/shortcuts.ts'
import { toMessage, useAttachments, withAttachments } from '../../attachments/use-attachments.ts'
import type { Along, ReturnedMessage } from '../../conversation.ts'
import type { ComposerMode } from '../../model/composer-mode.ts'
import type { ContextGauge } from '../../model/types.ts'
import { useChatPlace } from '../../place.ts'
import { Problem } from '../problem.tsx'
import { insertTable, readPasted } from './pasted.ts'
import { type LastInput, useDraft } from './use-draft.ts'
import { useHistory } from './use-history.ts'

const suggestionList = onDemand(() =>
  import('../../../../components/suggestions/suggestion-list.tsx').then((module) => module.SuggestionList),
)
const dropZone = onDemand(() => import('./drop-zone.tsx').then((module) => module.DropZone))
const attached = onDemand(() => import('./attached.tsx').then((module) => module.Attached))

export interface ComposerProps {
  /** Whose draft this is: a session's id, or `new`. */
  draftOf: string
  mode: ComposerMode
  stopping: boolean
  returned?: ReturnedMessage
  /** The last message, by which a doubtful one is recognised. */
  last?: LastInput
  /** What ↑ goes back through, oldest first. */
  sent: () => readonly string[]
  /** What has to be there before a message can go: it is held until then. */
  waitsFor?: string
  gauge?: ContextGauge
  suggestions: readonly SuggestionSource[]
  onSend: (text: string, along: Along | undefined) => Promise<boolean>
  onStop: () => void
  onEnd: () => void
  onTakeReturned: () => void
  /** References that go with the message: what it is about. */
  about?: string
  /** The field has the focus as soon as it is there; where a finger writes, it waits to be touched. */
  focused?: boolean
  /** Stands at the left of the buttons. */
  children?: ReactNode
}

export function Composer(props: ComposerProps) {
  const { draftOf, mode, stopping, returned, onTakeReturned, focused = true } = props
  const { isBeside } = useChatPlace()
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const attachments = useAttachments(draftOf)
  const draft = useDraft(draftOf, props.last, attachments.clear)
  const { text, setText } = draft
  const [problem, setProblem] = useState('')
  const [held, setHeld] = useState(false)
  const suggestions = useSuggestions(field, text, setText, props.suggestions)
  const offers = suggestions.offered.length > 0
  const SuggestionList = useOnDemand(suggestionList, offers)
  const DropZone = useOnDemand(dropZone, true)
  const onHistoryKey = useHistory(props.sent, text, setText)

  const takeBack = useEffectEvent((back: ReturnedMessage) => {
    if (draft.returned(back.text, back.unsure)) {
      attachments.putBack(back.attachments)
      setProblem(back.reason)
    } else attachments.sent()
    onTakeReturned()
  })
  useEffect(() => {
    if (returned) takeBack(returned)
  }, [returned])

  useShortcut('/', () => field.current?.focus(), { active: !isBeside })

  const { list } = attachments
  const Attached = useOnDemand(attached, list.length > 0)
  const failed = list.some(({ content }) => content.kind === 'failed')
  const hasContent = text.trim() !== '' || list.length > 0
  const waitsFor = attachments.reading ? 'the files have been read' : props.waitsFor

  async function send(): Promise<void> {
    if (!hasContent) return
    if (failed) return setProblem('One of the files could not be read. Remove it first.')
    if (waitsFor) return setHeld(true)
    const typed = withAttachments(text.trim(), list)
    const message = toMessage(typed, list, props.about)
    setHeld(false)
    setProblem('')
    draft.sending(message.text, typed.text)
    attachments.sending()
    if (!(await props.onSend(message.text, message.along))) return
    draft.sent()
    attachments.sent()
  }

  const sendHeld = useEffectEvent(() => void send())
  useEffect(() => {
    if (held && !waitsFor) sendHeld()
  }, [held, waitsFor])

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (isComposing(event.nativeEvent) || suggestions.onKey(event) || onHistoryKey(event)) return
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape' && mode.canStop && !stopping && !isBeside) {
      event.preventDefault()
      props.onStop()
    }
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
    const pasted = readPasted(event.clipboardData)
    if (!pasted) return
    event.preventDefault()
    if ('files' in pasted) attachments.add(pasted.files)
    else void insertTable(event.currentTarget, pasted)
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      className="relative rounded-xl border border-line-strong bg-raised shadow-card focus-within:border-ring"
    >
      {offers && SuggestionList && (
        <SuggestionList {...suggestions} suggestions={suggestions.offered} onChoose={suggestions.choose} />
      )}
      {DropZone && <DropZone onFiles={attachments.add} />}
      {problem && (
        <Problem title="Not sent." text={problem} onDismiss={() => setProblem('')} className="rounded-t-xl border-b" />
      )}
      {Attached && list.length > 0 && (
        <Attached
          list={list}
          turnedAway={attachments.turnedAway}
          text={text}
          gauge={props.gauge}
          onRemove={attachments.remove}
        />
      )}
      <Textarea
        ref={field}
        autoFocus={focused && !matchMedia('(pointer: coarse)').matches}
        aria-label="Message"
        dir="auto"
        aria-autocomplete="list"
        aria-controls={offers ? suggestions.id : undefined}
        aria-activedescendant={offers ? suggestionId(suggestions.id, suggestions.active) : undefined}
        placeholder={mode.placeholder}
        rows={1}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setHeld(false)
          suggestions.onCaret()
        }}
        onSelect={suggestions.onCaret}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        enterKeyHint={enterKeyHint()}
        className="block max-h-[40vh] min-h-11 w-full overflow-y-auto px-3.5 pt-3 pb-1 outline-none"
      />
      {held && waitsFor && (
        <p role="status" className="flex items-center gap-1.5 px-3.5 pt-1 text-muted text-sm">
          <span aria-hidden="true" className="size-1.5 shrink-0 animate-breathe rounded-full bg-warn" />
          <span className="min-w-0 flex-1">Sends by itself when {waitsFor}.</span>
          <Button size="sm" variant="ghost" onClick={() => setHeld(false)}>
            Don’t send yet
          </Button>
        </p>
      )}
      <div className="flex items-center gap-2 p-2">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            attachments.add(event.target.files ?? [])
            event.target.value = ''
          }}
        />
        <IconButton label="Attach files" size="sm" onClick={() => picker.current?.click()}>
          <Paperclip />
        </IconButton>
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
            data-tip={`Stops this turn${isBeside ? '' : ' (Esc)'}. The conversation stays open.`}
          >
            <Square aria-hidden="true" className="fill-current" />
            {stopping ? 'Stopping…' : 'Stop'}
          </Button>
        )}
        <Button size="sm" variant="primary" type="submit" disabled={!hasContent || failed || held}>
          {mode.action}
          <ArrowUp aria-hidden="true" />
        </Button>
      </div>
    </form>
  )
}
