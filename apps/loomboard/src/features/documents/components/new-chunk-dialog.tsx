import type { Chunk } from '@loomcycle/client'
import { useState } from 'react'
import { tabDrafts } from '../../../lib/browser/tab-drafts.ts'
import { AskName } from './ask-name.tsx'

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
  return (
    <AskName
      title="Add a chunk"
      description={place}
      label="Title"
      longest={1000}
      typed={title}
      onType={(text) => {
        setTitle(text)
        tabDrafts.write(draftKey(documentId), text)
      }}
      verbs={{ does: 'Add', doing: 'Adding…', done: 'added' }}
      onName={async (name) => {
        const made = await onCreate(name)
        tabDrafts.write(draftKey(documentId), '')
        onClose(made)
      }}
      onClose={() => onClose()}
      onClosed={onClosed}
    />
  )
}
