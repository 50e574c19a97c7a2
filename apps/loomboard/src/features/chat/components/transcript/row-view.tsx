import { memo } from 'react'
import { Boundary } from '../../../../components/boundary.tsx'
import { cn } from '../../../../lib/cn.ts'
import { BranchPlace } from '../../branching/branch-place.tsx'
import { MessageRow } from '../../branching/message-row.tsx'
import { atTop } from '../../model/branches.ts'
import type { Row } from '../../model/rows/rows.ts'
import { ActivityRow } from './activity-row.tsx'
import { PartRow } from './part-row.tsx'
import { TurnEnd } from './turn-end.tsx'

export interface RowViewProps {
  row: Row
  /** Somebody was just taken here. */
  marked?: boolean
  /** Nothing comes before it. */
  first?: boolean
}

export const RowView = memo(function RowView({ row, marked, first }: RowViewProps) {
  return (
    <div data-row={row.id} className={cn('mx-auto w-full max-w-3xl px-4', marked && 'animate-marked')}>
      <Boundary instead={<p className="py-2 text-muted text-sm">This part of the conversation could not be drawn.</p>}>
        {content(row, first)}
      </Boundary>
    </div>
  )
})

function content(row: Row, first = false) {
  switch (row.kind) {
    case 'input':
      return (
        <>
          {first && <BranchPlace after={atTop} />}
          <MessageRow turn={row.turn} />
        </>
      )
    case 'part':
      return <PartRow part={row.part} />
    case 'activity':
      return <ActivityRow id={row.id} parts={row.parts} />
    case 'end':
      return (
        <>
          <TurnEnd turn={row.turn} />
          <BranchPlace after={row.turn.id} />
        </>
      )
  }
}
