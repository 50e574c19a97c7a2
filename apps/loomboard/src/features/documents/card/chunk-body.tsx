import { Pencil } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { isComposing } from '../../../lib/composing.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import type { EditChunk } from '../use-edit-chunk.ts'
import { isDisputed } from './disputes.ts'

/** A chunk's text: as it reads, or as Markdown while somebody writes it. `children` is how it reads. */
export function ChunkBody({ edit, children }: { edit: EditChunk; children: ReactNode }) {
  const body = String(edit.mine('body'))
  // What was typed before a reload, or stands against somebody else's words, is not hidden.
  const [writing, setWriting] = useState(() => body !== edit.chunk.body)
  const opener = useRef<HTMLButtonElement>(null)
  const isOpen = writing || isDisputed(edit.edit, 'body')
  useShortcut('e', () => setWriting(true))

  if (!isOpen) {
    return (
      <section aria-label="Text" className="mt-3">
        {children}
        <Button ref={opener} size="sm" variant="ghost" className="-ml-2 mt-1" onClick={() => setWriting(true)}>
          <Pencil aria-hidden="true" />
          {body.trim() === '' ? 'Write a text' : 'Edit the text'}
        </Button>
      </section>
    )
  }
  function close(): void {
    edit.flush()
    setWriting(false)
    requestAnimationFrame(() => opener.current?.focus())
  }
  return (
    <section aria-label="Text" className="mt-3">
      <Textarea
        aria-label="Text, in Markdown"
        dir="auto"
        autoFocus={writing}
        value={body}
        onChange={(event) => edit.type({ body: event.target.value })}
        onBlur={edit.flush}
        onKeyDown={(event) => {
          const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
          if (!done || isComposing(event.nativeEvent)) return
          event.preventDefault()
          close()
        }}
        className="min-h-48 w-full rounded-md border border-line-strong bg-bg px-3 py-2 font-mono text-sm leading-6 -outline-offset-1"
      />
      <div className="mt-1 flex items-center gap-2">
        <Button size="sm" onClick={close}>
          Done
        </Button>
        <span className="text-faint text-xs">Markdown; it saves by itself.</span>
      </div>
    </section>
  )
}
