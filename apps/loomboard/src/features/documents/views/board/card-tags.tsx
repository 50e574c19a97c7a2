import { type FormEvent, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import type { OutlineChunk } from '../../model/outline.ts'
import { useDesk } from './desk.ts'

/** The tags of a card in one line. */
export function CardTags({ card }: { card: OutlineChunk }) {
  const desk = useDesk()
  const [text, setText] = useState((card.tags ?? []).join(', '))

  function save(event: FormEvent): void {
    event.preventDefault()
    event.stopPropagation()
    const tags = [...new Set(text.split(',').map((tag) => tag.trim().replace(/^#/, '')))].filter((tag) => tag !== '')
    desk.props.editing.edit(card.id, { tags })
    desk.take({ open: undefined })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && desk.take({ open: undefined })}
      onClosed={() => desk.reveal(card.id)}
      title={`Tags of “${card.title || 'Untitled'}”`}
    >
      <form onSubmit={save} onKeyDown={(event) => event.stopPropagation()} className="flex flex-col gap-3 p-4">
        <Input
          aria-label="Tags, with commas between them"
          placeholder="Tags, with commas between them"
          autoFocus
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={() => desk.take({ open: undefined })}>
            Cancel
          </Button>
          <Button type="submit" variant="primary">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
