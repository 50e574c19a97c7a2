import type { Chunk } from '@loomcycle/client'
import { Pencil } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useOnDemand } from '../../../lib/on-demand.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import type { EditChunk } from '../use-edit-chunk.ts'
import { isDisputed } from './disputes.ts'
import { sourceEditor } from './text/source-part.ts'
import { TextEditor, type TextEditorProps } from './text/text-editor.tsx'
import { TickableTasks } from './text/tickable-tasks.tsx'
import { TogetherLine } from './text/together-line.tsx'
import { WritingHere } from './text/writing-here.tsx'

export interface ChunkBodyProps extends Pick<TextEditorProps, 'document' | 'editing' | 'preview'> {
  edit: EditChunk
  known: Chunk
  self: string | undefined
  /** How it reads. */
  children: ReactNode
}

/** A chunk's text: as it reads, or as Markdown while somebody writes it. */
export function ChunkBody({ edit, known, self, document, editing, preview, children }: ChunkBodyProps) {
  const body = String(edit.mine('body'))
  // What was typed before a reload, or stands against somebody else's words, is not hidden.
  const [writing, setWriting] = useState(() => body !== edit.chunk.body)
  const opener = useRef<HTMLButtonElement>(null)
  const isOpen = writing || isDisputed(edit.edit, 'body')
  useShortcut('e', () => setWriting(true))
  // Here before it is wanted, also where the network goes meanwhile.
  useOnDemand(sourceEditor, false)

  function close(): void {
    edit.flush()
    setWriting(false)
    requestAnimationFrame(() => opener.current?.focus())
  }
  return (
    <section aria-label="Text" className="mt-3">
      {isOpen ? (
        <TextEditor
          edit={edit}
          self={self}
          document={document}
          editing={editing}
          preview={preview}
          takesFocus={writing}
          onClose={close}
        />
      ) : (
        <>
          <TickableTasks edit={edit}>{children}</TickableTasks>
          <Button ref={opener} size="sm" variant="ghost" className="-ml-2 mt-1" onClick={() => setWriting(true)}>
            <Pencil aria-hidden="true" />
            {body.trim() === '' ? 'Write a text' : 'Edit the text'}
          </Button>
        </>
      )}
      {/* Below the text: what comes there does not move it. */}
      <WritingHere chunk={known} />
      <TogetherLine edit={edit} self={self} />
    </section>
  )
}
