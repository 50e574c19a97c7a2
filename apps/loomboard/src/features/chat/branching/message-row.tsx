import { lazy, Suspense } from 'react'
import { InputRow } from '../components/transcript/input-row.tsx'
import type { Turn } from '../model/types.ts'
import { useBranchingScope } from './branching.ts'
import { EditAction } from './turn-actions.tsx'

const MessageEditor = lazy(() => import('./message-editor.tsx').then((m) => ({ default: m.MessageEditor })))

/** What a person said, or the field in which they say it in other words. */
export function MessageRow({ turn }: { turn: Turn }) {
  const branching = useBranchingScope()
  const row = (
    <InputRow text={turn.input?.text ?? ''} pictures={turn.input?.pictures} actions={<EditAction turn={turn} />} />
  )
  if (branching?.editing !== turn.id) return row
  return (
    <Suspense fallback={row}>
      <MessageEditor turn={turn} branching={branching} />
    </Suspense>
  )
}
