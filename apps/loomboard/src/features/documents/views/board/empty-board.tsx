import { SquareKanban } from 'lucide-react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useDesk } from './desk.ts'
import { saveColumns } from './save-columns.ts'

const beginning = [
  { status: 'todo', title: 'To do', color: 'blue', about: 'What is to be done next.' },
  { status: 'doing', title: 'Doing', color: 'amber', about: 'What somebody is working on.' },
  { status: 'done', title: 'Done', color: 'green', done: true, about: 'What needs nobody any more.' },
] as const

/** A document without cards: the columns to begin with. */
export function EmptyBoard() {
  const desk = useDesk()
  return (
    <EmptyState
      icon={<SquareKanban />}
      title="No cards yet"
      action={
        <Button variant="primary" onClick={() => void saveColumns(desk, beginning)}>
          Begin with three columns
        </Button>
      }
    >
      A chunk with a status is a card, and each status is a column. An agent can add them as well.
    </EmptyState>
  )
}
