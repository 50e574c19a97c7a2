import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { LineDiff } from '../../../../components/line-diff.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { unifiedDiff } from '../../../../components/unified-diff.ts'
import { toast } from '../../../../lib/toast.ts'
import { actorName } from '../../model/changes.ts'
import type { EditChunk } from '../../use-edit-chunk.ts'

/** What others have written in this text in the meantime has been put together with one's own: one quiet line. */
export function TogetherLine({ edit, self }: { edit: EditChunk; self: string | undefined }) {
  const { together } = edit
  const [open, setOpen] = useState(false)
  const id = useId()
  if (together.length === 0) return null
  const names = [...new Set(together.map(({ by }) => (by ? actorName(by, self) : 'somebody else')))]
  const whose = names.map((name) => (name === 'you' ? 'your' : `${name}’s`)).join(' and ')
  const where = names.every((name) => name === 'you') ? ' from elsewhere' : ''
  function undo(): void {
    if (edit.undoTogether()) return
    toast.info('Nothing was taken out', 'It has been written on since; the history has each revision.')
  }
  return (
    <div className="mb-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-muted">
        <span role="status" className="mr-1">
          Merged with {whose} {together.length === 1 ? 'change' : `${together.length} changes`}
          {where}
        </span>
        <Button size="sm" variant="ghost" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'See'}
        </Button>
        <Button size="sm" variant="ghost" onClick={undo}>
          Undo {names.length === 1 && names[0] === 'you' ? 'it' : 'theirs'}
        </Button>
        <IconButton label="I have seen it" size="sm" onClick={edit.dismissTogether}>
          <X />
        </IconButton>
      </div>
      <div id={id} hidden={!open} className="mt-1 flex flex-col gap-2">
        {open && together.map(({ from, to }) => <LineDiff key={to.revision} diff={unifiedDiff(from.body, to.body)} />)}
      </div>
    </div>
  )
}
