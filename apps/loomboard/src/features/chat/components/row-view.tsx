import { memo } from 'react'
import type { Row } from '../model/rows.ts'
import { ActivityRow } from './activity-row.tsx'
import { InputRow } from './input-row.tsx'
import { PartRow } from './part-row.tsx'
import { TurnEnd } from './turn-end.tsx'

export const RowView = memo(function RowView({ row }: { row: Row }) {
  return <div className="mx-auto w-full max-w-3xl px-4">{content(row)}</div>
})

function content(row: Row) {
  switch (row.kind) {
    case 'input':
      return <InputRow text={row.turn.input?.text ?? ''} />
    case 'part':
      return <PartRow part={row.part} />
    case 'activity':
      return <ActivityRow id={row.id} parts={row.parts} />
    case 'end':
      return <TurnEnd turn={row.turn} />
  }
}
