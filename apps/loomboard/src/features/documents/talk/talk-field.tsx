import { type ReactNode, type Ref, useRef } from 'react'
import { SuggestionList } from '../../../components/suggestions/suggestion-list.tsx'
import { suggestionId } from '../../../components/suggestions/suggestions.ts'
import { useSuggestions } from '../../../components/suggestions/use-suggestions.ts'
import { Button } from '../../../components/ui/button.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { isComposing } from '../../../lib/composing.ts'
import { enterKeyHint, isSendKey } from '../../../lib/send-key.ts'
import { imagesIn } from '../card/text/paste/images-in.ts'
import { PictureList } from '../card/text/paste/picture-list.tsx'
import { usePictures } from '../card/text/paste/use-pictures.ts'
import type { Talking } from './talking.ts'

export interface TalkFieldProps {
  label: string
  placeholder: string
  text: string
  onText: (text: string) => void
  /** What its button says. */
  action: string
  onSend: () => void
  onCancel?: (() => void) | undefined
  /** Why its words came back. */
  problem?: string | undefined
  talking: Talking
  takesFocus?: boolean
  field?: Ref<HTMLTextAreaElement>
  /** Beside its button. */
  children?: ReactNode
}

/** Where something is said about a card: Markdown, with the names of those who can be asked after an `@`. */
export function TalkField(props: TalkFieldProps) {
  const { label, placeholder, text, onText, action, onSend, onCancel, problem, talking } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const suggestions = useSuggestions(field, text, onText, talking.names.sources)
  const pictures = usePictures({
    chunkId: talking.cardId,
    editing: talking.editing,
    onMade(words) {
      // As it is by now: it may have been typed in since.
      const { value = text, selectionEnd = value.length } = field.current ?? {}
      onText(value.slice(0, selectionEnd) + words + value.slice(selectionEnd))
    },
  })
  const bring = (event: { preventDefault: () => void }, data: DataTransfer) => {
    const images = imagesIn(data)
    if (images.length === 0) return
    event.preventDefault()
    pictures.add(images)
  }
  const offers = suggestions.offered.length > 0
  const send = () => {
    if (text.trim() !== '') onSend()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="relative rounded-lg border border-line-strong bg-raised focus-within:border-ring"
    >
      {offers && <SuggestionList {...suggestions} suggestions={suggestions.offered} onChoose={suggestions.choose} />}
      {problem && (
        <p role="alert" className="border-b px-2.5 py-1.5 text-sm">
          <span className="font-medium text-danger">Not sent.</span> {problem}
        </p>
      )}
      <Textarea
        ref={(element) => {
          field.current = element
          if (typeof props.field === 'function') props.field(element)
          else if (props.field) props.field.current = element
        }}
        autoFocus={props.takesFocus}
        aria-label={label}
        data-talk=""
        aria-autocomplete="list"
        aria-controls={offers ? suggestions.id : undefined}
        aria-activedescendant={offers ? suggestionId(suggestions.id, suggestions.active) : undefined}
        dir="auto"
        placeholder={placeholder}
        rows={1}
        maxLength={60_000}
        value={text}
        enterKeyHint={enterKeyHint()}
        onChange={(event) => {
          onText(event.target.value)
          suggestions.onCaret()
        }}
        onSelect={suggestions.onCaret}
        onPaste={(event) => bring(event, event.clipboardData)}
        onDrop={(event) => bring(event, event.dataTransfer)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent) || suggestions.onKey(event)) return
          if (isSendKey(event.nativeEvent)) {
            event.preventDefault()
            send()
          } else if (event.key === 'Escape') {
            event.preventDefault()
            if (onCancel) onCancel()
            else event.currentTarget.blur()
          }
        }}
        className="block max-h-[40vh] min-h-9 w-full overflow-y-auto px-2.5 py-1.5 text-sm outline-none"
      />
      <div className="px-2.5">
        <PictureList pictures={pictures} />
      </div>
      {(text.trim() !== '' || onCancel || props.children) && (
        <div className="flex flex-wrap items-center justify-end gap-1.5 px-1.5 pb-1.5">
          {props.children}
          {onCancel && (
            <Button size="sm" variant="ghost" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button size="sm" variant="primary" type="submit" disabled={text.trim() === ''}>
            {action}
          </Button>
        </div>
      )}
    </form>
  )
}
