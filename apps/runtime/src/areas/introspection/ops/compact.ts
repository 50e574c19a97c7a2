import type { ContextOp } from '../deps.ts'

export const compact: ContextOp<'compact'> = async ({ run }) => {
  run.requestCompaction()
  return { compaction: 'scheduled', applies_at: 'the next step' }
}
