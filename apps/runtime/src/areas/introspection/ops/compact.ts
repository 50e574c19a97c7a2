import type { ContextOp } from '../deps.ts'

export const compact: ContextOp<'compact'> = async ({ scope }) => {
  scope.requestCompaction()
  return { compaction: 'scheduled', applies_at: 'the next step' }
}
