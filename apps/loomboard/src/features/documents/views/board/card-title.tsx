import { useRef, useState } from 'react'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { useStore } from '../../../../lib/browser/store.ts'
import { isComposing } from '../../../../lib/composing.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { mine } from '../../writing/chunk-edit.ts'
import { same } from '../../writing/patch.ts'
import { writerOf } from '../../writing/writers.ts'

/** A card's title while it is being written: saved when one is done, kept from the first letter on. */
export function CardTitleField({ card, onDone }: { card: OutlineChunk; onDone: () => void }) {
  const writer = writerOf(card.document_id).chunk(card.id)
  const edit = useStore(writer.state)
  const [before] = useState(card.title)
  const written = useRef<string>(undefined)

  function giveUp(): void {
    if (written.current === undefined) return
    const typed = written.current
    writer.withdraw(['title'])
    // It was saved while it was typed.
    if (same(mine(card, writer.state.get(), 'title'), typed)) writer.type(card, { title: before })
  }
  return (
    <Textarea
      aria-label="Title"
      dir="auto"
      autoFocus
      rows={1}
      maxLength={1000}
      value={String(mine(card, edit, 'title'))}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        written.current = event.target.value.replaceAll('\n', ' ')
        writer.type(card, { title: written.current })
      }}
      onBlur={() => {
        writer.flush()
        onDone()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.preventDefault()
        if (event.key === 'Escape') giveUp()
        writer.flush()
        onDone()
      }}
      className="-mx-1 w-[calc(100%+0.5rem)] rounded-md border border-line-strong bg-bg px-1 py-0.5 font-medium text-sm -outline-offset-1"
    />
  )
}
