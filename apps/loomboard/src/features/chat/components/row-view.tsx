import { memo } from 'react'
import { cn } from '../../../lib/cn.ts'
import type { Row } from '../model/rows.ts'
import { ActivityRow } from './activity-row.tsx'
import { InputRow } from './input-row.tsx'
import { PartRow } from './part-row.tsx'
import { TurnEnd } from './turn-end.tsx'

export const RowView = memo(function RowView({ row, marked }: { row: Row; marked?: boolean }) {
  return (
    <div data-row={row.id} className={cn('mx-auto w-full max-w-3xl px-4', marked && 'animate-marked')}>
      {content(row)}
    </div>
  )
})

function content(row: Row) {
  switch (row.kind) {
    case 'input':
      return <InputRow text={row.turn.input?.text ?? ''} pictures={row.turn.input?.pictures} />
    case 'part':
      return <PartRow part={row.part} />
    case 'activity':
      return <ActivityRow id={row.id} parts={row.parts} />
    case 'end':
      return <TurnEnd turn={row.turn} />
  }
}
