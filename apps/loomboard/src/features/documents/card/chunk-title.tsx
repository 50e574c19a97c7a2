import { Pencil } from 'lucide-react'
import { type Ref, useRef, useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { isComposing } from '../../../lib/composing.ts'
import type { EditChunk } from '../use-edit-chunk.ts'

const longest = 1000

/** A chunk's title: a heading, until somebody writes in it. */
export function ChunkTitle({ edit, heading }: { edit: EditChunk; heading: Ref<HTMLHeadingElement> }) {
  const [before, setBefore] = useState<string>()
  const written = useRef<string>(undefined)
  const opener = useRef<HTMLButtonElement>(null)
  const title = String(edit.mine('title'))

  function open(): void {
    written.current = undefined
    setBefore(title)
  }
  function close(): void {
    setBefore(undefined)
    edit.flush()
    requestAnimationFrame(() => opener.current?.focus())
  }
  if (before === undefined) {
    return (
      <div className="flex items-start gap-1">
        <h2
          ref={heading}
          tabIndex={-1}
          onDoubleClick={open}
          className="min-w-0 flex-1 font-display font-semibold text-lg outline-none [overflow-wrap:anywhere]"
        >
          {title || 'Untitled'}
        </h2>
        <IconButton ref={opener} label="Edit the title" size="sm" onClick={open}>
          <Pencil />
        </IconButton>
      </div>
    )
  }
  return (
    <>
      <h2 className="sr-only">{title || 'Untitled'}</h2>
      <Textarea
        aria-label="Title"
        dir="auto"
        autoFocus
        rows={1}
        maxLength={longest}
        value={title}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          written.current = event.target.value.replaceAll('\n', ' ')
          edit.type({ title: written.current })
        }}
        onBlur={() => {
          setBefore(undefined)
          edit.flush()
        }}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'Escape')) return
          event.preventDefault()
          if (event.key === 'Escape' && written.current !== undefined) edit.giveUp('title', written.current, before)
          close()
        }}
        className="-mx-2 w-[calc(100%+1rem)] rounded-md border border-line-strong bg-bg px-2 py-1 font-display font-semibold text-lg -outline-offset-1"
      />
    </>
  )
}
