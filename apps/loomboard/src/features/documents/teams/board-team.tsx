import { Workflow } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import type { EditDocument } from '../use-edit-document.ts'
import { BoardTeamDialog } from './board-team-dialog.tsx'

/** Which team the board goes by, to be looked at and changed. */
export function BoardTeam({ editing }: { editing: EditDocument }) {
  const [isOpen, setOpen] = useState(false)
  const team = editing.boards.get('main')?.fields?.team
  const name = typeof team === 'string' ? team : ''
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        <Workflow aria-hidden="true" />
        <span className="max-w-40 truncate">{name === '' ? 'Team' : `Team ${name}`}</span>
      </Button>
      {isOpen && <BoardTeamDialog editing={editing} onClose={() => setOpen(false)} />}
    </>
  )
}
