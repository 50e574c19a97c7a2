import { lazy, Suspense } from 'react'
import { useBranchingScope } from './branching.ts'

const BranchMarkRow = lazy(() => import('./branch-mark.tsx').then((m) => ({ default: m.BranchMarkRow })))

/** Where conversations may part: after a turn, or before all of them. Most of the time nothing is there. */
export function BranchPlace({ after }: { after: string }) {
  const mark = useBranchingScope()?.marks.get(after)
  if (!mark) return null
  return (
    <Suspense fallback={null}>
      <BranchMarkRow mark={mark} />
    </Suspense>
  )
}
