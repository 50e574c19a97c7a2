import { AttachmentList, type AttachmentListProps } from './attachment-list.tsx'
import { AttachmentNotes, type AttachmentNotesProps } from './attachment-notes.tsx'

/** What is to go with the message, and what is worth knowing of it. */
export function Attached({ onRemove, ...notes }: AttachmentListProps & AttachmentNotesProps) {
  return (
    <>
      <AttachmentList list={notes.list} onRemove={onRemove} />
      <AttachmentNotes {...notes} />
    </>
  )
}
