import type { Chunk } from '@loomcycle/client'
import { Pencil } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useShortcut } from '../../../lib/shortcuts.ts'
import type { EditChunk } from '../use-edit-chunk.ts'
import { isDisputed } from './disputes.ts'
import { useSourceEditor } from './text/source-part.ts'
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
  const [isAsked, setAsked] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const isOpen = writing || isDisputed(edit.edit, 'body')
  useShortcut('e', write)
  // Here before it is wanted, also where the network goes meanwhile.
  useSourceEditor(false)

  function write(): void {
    setAsked(true)
    setWriting(true)
  }
  function close(): void {
    edit.flush()
    setAsked(false)
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
          takesFocus={isAsked}
          onClose={close}
        />
      ) : (
        <>
          <TickableTasks edit={edit}>{children}</TickableTasks>
          <Button ref={opener} size="sm" variant="ghost" className="-ml-2 mt-1" onClick={write}>
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
