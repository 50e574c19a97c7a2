import type { wire } from '@loomcycle/client'
import { Columns2, ImagePlus, TriangleAlert } from 'lucide-react'
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { stored } from '../../../../lib/browser/stored.ts'
import { cn } from '../../../../lib/cn.ts'
import { isComposing } from '../../../../lib/composing.ts'
import type { EditChunk } from '../../use-edit-chunk.ts'
import type { EditDocument } from '../../use-edit-document.ts'
import { textPieces } from '../../writing/chunk-edit.ts'
import { isDisputed } from '../disputes.ts'
import { findElsewhere } from './completions/find-elsewhere.ts'
import { disputedIn } from './conflict/places.ts'
import { TextConflict } from './conflict/text-conflict.tsx'
import { PictureList } from './paste/picture-list.tsx'
import { usePictures } from './paste/use-pictures.ts'
import type { SourceEditorHandle } from './source-editor.tsx'
import { useSourceEditor } from './source-part.ts'

export interface TextEditorProps {
  edit: EditChunk
  self: string | undefined
  document: wire.GetDocumentOutput
  editing: EditDocument
  takesFocus: boolean
  /** How a text will read. */
  preview: (text: string) => ReactNode
  onClose: () => void
}

const label = 'Text, in Markdown'
const previewKey = 'loomboard.preview'

/** Where a text is written: the editor, what is to be decided about the text above it, and how it will read. */
export function TextEditor({ edit, self, document, editing, takesFocus, preview, onClose }: TextEditorProps) {
  const Editor = useSourceEditor(true)
  const plain = useRef<HTMLTextAreaElement>(null)
  const source = useRef<SourceEditorHandle>(null)
  const section = useRef<HTMLDivElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [isPreviewed, setPreviewed] = useState(() => stored.read(previewKey) !== null)
  const body = String(edit.mine('body'))
  const problem = edit.edit?.problem
  const pieces = useMemo(() => {
    const of = edit.edit
    return of?.problem?.kind === 'conflict' && isDisputed(of, 'body') ? textPieces(of, of.problem.theirs) : undefined
  }, [edit.edit])
  const disputed = useMemo(() => disputedIn(pieces), [pieces])
  const pictures = usePictures({
    chunkId: edit.chunk.id,
    editing,
    onMade: (words, at) => source.current?.insert(words, at),
  })
  const shown = useDeferredValue(body)
  // What was typed in the plain field while the editor came goes on in the editor, at the same place.
  const took = useRef<{ from: number; to: number } | undefined>(takesFocus ? { from: 0, to: 0 } : undefined)
  const noteCursor = () => {
    const { current: field } = plain
    if (field) took.current = { from: field.selectionStart, to: field.selectionEnd }
  }
  useEffect(() => {
    if (!takesFocus) return
    plain.current?.focus()
    source.current?.focus()
  }, [takesFocus])

  function togglePreview(): void {
    stored.write(previewKey, isPreviewed ? null : 'on')
    setPreviewed(!isPreviewed)
  }
  return (
    <div ref={section}>
      {pieces && problem?.kind === 'conflict' && (
        <TextConflict
          edit={edit}
          pieces={pieces}
          theirs={problem.theirs}
          self={self}
          onShow={(at) => source.current?.show(at)}
          onDecided={() => (source.current ?? plain.current)?.focus()}
        />
      )}
      <div className="@container">
        <div className={cn('grid gap-3', isPreviewed && '@3xl:grid-cols-2')}>
          {Editor ? (
            <Editor
              ref={source}
              label={label}
              shared={edit.text}
              subscribe={edit.text.subscribe}
              takesOver={took.current}
              disputed={disputed}
              links={{ here: () => editing.chunks.values(), elsewhere: findElsewhere(document.document_id) }}
              onDone={onClose}
              onBlur={edit.flush}
              onImages={pictures.add}
              onPickImage={() => picker.current?.click()}
            />
          ) : (
            <Textarea
              ref={plain}
              aria-label={label}
              dir="auto"
              value={body}
              onChange={(event) => {
                edit.type({ body: event.target.value })
                noteCursor()
              }}
              onSelect={noteCursor}
              onBlur={edit.flush}
              onKeyDown={(event) => {
                const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
                if (!done || isComposing(event.nativeEvent)) return
                event.preventDefault()
                onClose()
              }}
              className="min-h-48 w-full rounded-md border border-line-strong bg-bg px-3 py-2 font-mono text-sm leading-6 -outline-offset-1"
            />
          )}
          {isPreviewed && (
            <section
              aria-label="Preview"
              className={cn('min-w-0 rounded-md border bg-surface px-3 py-2', shown !== body && 'opacity-80')}
            >
              {shown.trim() === '' ? <p className="text-faint text-sm">Nothing to show yet.</p> : preview(shown)}
            </section>
          )}
        </div>
      </div>
      <PictureList pictures={pictures} />
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={onClose}>
          Done
        </Button>
        <Button size="sm" variant="ghost" aria-pressed={isPreviewed} onClick={togglePreview}>
          <Columns2 aria-hidden="true" />
          Preview
        </Button>
        {Editor && (
          <Button size="sm" variant="ghost" onClick={() => picker.current?.click()}>
            <ImagePlus aria-hidden="true" />
            Image
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
          multiple
          hidden
          aria-label="Images for the text"
          onChange={({ target }) => {
            pictures.add([...(target.files ?? [])])
            target.value = ''
          }}
        />
        {pieces ? (
          <Button size="sm" variant="ghost" className="text-warn" onClick={() => showConflict(section.current)}>
            <TriangleAlert aria-hidden="true" />
            Go to what differs
          </Button>
        ) : (
          <span className="text-faint text-xs">It saves by itself.</span>
        )}
      </div>
    </div>
  )
}

function showConflict(editor: HTMLElement | null): void {
  const place = editor?.querySelector<HTMLElement>('[role="group"]')
  place?.scrollIntoView({ block: 'center' })
  place?.focus()
}
