import type { Chunk } from '@loomcycle/client'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useCopy } from '../../../lib/browser/use-copy.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { inWords } from '../../../lib/json-text.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { type ChunkEdit, unsaved } from '../writing/chunk-edit.ts'
import { keyName, keysOf, toContent } from '../writing/patch.ts'
import { placeInside } from '../writing/place.ts'

export interface KeptWordsProps {
  edit: ChunkEdit
  onDiscard: () => void
  /** Into the document, where that is open. */
  putBack?: {
    rootId: string
    editing: EditDocument
    /** They are in a chunk of their own now. */
    onMade: (made: Chunk) => void
  }
}

/** What somebody has written in a chunk that is gone. */
export function KeptWords({ edit, onDiscard, putBack }: KeptWordsProps) {
  const patch = unsaved(edit)
  const words = keysOf(patch).map((key) => ({ key, text: inWords(patch[key] ?? '') }))
  const [only] = words
  const { copied, copy } = useCopy(
    words.length === 1 && only ? only.text : words.map(({ key, text }) => `${keyName(key)}: ${text}`).join('\n\n'),
  )
  const [state, setState] = useState<'kept' | 'adding' | { problem: string }>('kept')

  async function add({ rootId, editing, onMade }: NonNullable<KeptWordsProps['putBack']>): Promise<void> {
    setState('adding')
    const { title = 'Untitled', parentId = rootId } = edit.origin ?? {}
    const to = placeInside(editing.chunks, editing.chunks.has(parentId) ? parentId : rootId)
    try {
      const made = await editing.create({ title: patch.title || title, to, content: toContent(patch) })
      onDiscard()
      onMade(made)
    } catch (error) {
      setState({ problem: describeError(error).reason })
    }
  }
  return (
    <section
      aria-label="Words that are kept"
      className="mb-3 rounded-md border border-warn-line bg-warn-soft px-3 py-2 text-sm"
    >
      <p role="alert">
        <span className="font-medium text-warn">“{edit.origin?.title || 'Untitled'}” has been deleted.</span> What you
        have written in it is not saved, and not lost.
      </p>
      <dl className="mt-2">
        {words.map(({ key, text }) => (
          <div key={key} className="mt-1">
            <dt className="text-muted">{keyName(key)}</dt>
            <dd className="max-h-64 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
              {text || 'nothing'}
            </dd>
          </div>
        ))}
      </dl>
      {typeof state === 'object' && (
        <p role="alert" className="mt-2 text-danger">
          It was not added. {state.problem}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
        {putBack && (
          <Button size="sm" disabled={state === 'adding'} onClick={() => void add(putBack)}>
            Put it back as a new chunk
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={onDiscard}>
          Discard
        </Button>
      </div>
    </section>
  )
}
