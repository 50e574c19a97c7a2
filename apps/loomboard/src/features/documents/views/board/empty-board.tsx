import { useQuery } from '@tanstack/react-query'
import { FileDown, Sparkles, SquareKanban, SquarePen } from 'lucide-react'
import { useId, useState } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { openOverlay } from '../../../../lib/overlays.ts'
import { agentsQuery } from '../../../../lib/queries.ts'
import { askForPlan } from '../../talk/ask.ts'
import { useDesk } from './desk.ts'
import { saveColumns } from './save-columns.ts'

const beginning = [
  { status: 'todo', title: 'To do', color: 'blue', about: 'What is to be done next.' },
  { status: 'doing', title: 'Doing', color: 'amber', about: 'What somebody is working on.' },
  { status: 'done', title: 'Done', color: 'green', done: true, about: 'What needs nobody any more.' },
] as const

/** A document without cards: three ways to begin. */
export function EmptyBoard() {
  const desk = useDesk()
  const { data: agents, error } = useQuery(agentsQuery)
  const [isSaving, setSaving] = useState(false)
  const reasonId = useId()
  const canPlan = agents?.some(({ documents }) => documents) ?? false
  const reason = agents
    ? !canPlan && 'No agent here has documents: give one the tool Document, and it can plan.'
    : error && 'The agents could not be read.'

  async function write(): Promise<void> {
    setSaving(true)
    const isSaved = await saveColumns(desk, beginning)
    setSaving(false)
    if (isSaved) desk.take({ adding: { column: beginning[0].status, lane: '' } })
  }
  return (
    <EmptyState
      icon={<SquareKanban />}
      title="No cards yet"
      action={
        <div className="flex flex-col items-center gap-2">
          <div className="flex flex-wrap justify-center gap-2">
            <Button variant="primary" disabled={isSaving} onClick={() => void write()}>
              <SquarePen aria-hidden="true" />
              Write a card
            </Button>
            <Button onClick={() => openOverlay('import')}>
              <FileDown aria-hidden="true" />
              Import a board
            </Button>
            <Button
              disabled={!canPlan}
              aria-describedby={reason ? reasonId : undefined}
              onClick={() => askForPlan(desk.props.document.root_chunk_id)}
            >
              <Sparkles aria-hidden="true" />
              Let an agent plan
            </Button>
          </div>
          {reason && (
            <p id={reasonId} className="max-w-sm text-muted text-xs">
              {reason}
            </p>
          )}
        </div>
      }
    >
      A chunk with a status is a card, and each status is a column. Begin with three columns and a card of your own; an
      imported board becomes a document of its own.
    </EmptyState>
  )
}
