import type { Chunk } from '@loomcycle/client'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { tabDrafts } from '../../../lib/browser/tab-drafts.ts'
import { describeError } from '../../../lib/describe-error.ts'

export interface NewChunkDialogProps {
  documentId: string
  /** Where it will be, in words. */
  place: string
  onCreate: (title: string) => Promise<Chunk>
  /** `made`: what to go on with. */
  onClose: (made?: Chunk) => void
  /** The focus is to be taken. */
  onClosed: () => void
}

const draftKey = (documentId: string) => `loomboard.new-chunk.${documentId}`

/** Asks for a title; what was typed stays until the chunk is there. */
export function NewChunkDialog({ documentId, place, onCreate, onClose, onClosed }: NewChunkDialogProps) {
  const [title, setTitle] = useState(() => tabDrafts.read(draftKey(documentId)))
  const [state, setState] = useState<'typing' | 'adding' | { problem: string }>('typing')

  function type(text: string): void {
    setTitle(text)
    tabDrafts.write(draftKey(documentId), text)
  }
  async function add(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (state === 'adding' || title.trim() === '') return
    setState('adding')
    try {
      const made = await onCreate(title.trim())
      tabDrafts.write(draftKey(documentId), '')
      onClose(made)
    } catch (error) {
      const { reason, hint } = describeError(error)
      setState({ problem: [reason, hint].filter(Boolean).join(' ') })
    }
  }
  return (
    <Dialog open onOpenChange={() => onClose()} onClosed={onClosed} title="Add a chunk" description={place}>
      <form onSubmit={(event) => void add(event)} className="flex flex-col gap-3 p-4">
        <Input
          aria-label="Title"
          placeholder="Title"
          autoFocus
          required
          maxLength={1000}
          value={title}
          onChange={(event) => type(event.target.value)}
        />
        {typeof state === 'object' && (
          <p role="alert" className="text-danger text-sm">
            It was not added. {state.problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={() => onClose()}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={state === 'adding'}>
            {state === 'adding' ? 'Adding…' : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
