import { useState } from 'react'
import { describeError } from '../../../../lib/describe-error.ts'
import { formatCount } from '../../../../lib/format.ts'
import { toast } from '../../../../lib/toast.ts'
import type { Conversation } from '../../conversation.ts'
import { isBusy, type RunView } from '../../model/types.ts'
import type { CompactAction } from './chat-menu.tsx'

/** Summarising on demand: possible while nothing works, and what came of it. */
export function useCompaction(conversation: Conversation, view: RunView, compacting: boolean) {
  const [problem, setProblem] = useState('')

  async function run(): Promise<void> {
    setProblem('')
    try {
      const { compacted, before_tokens, after_tokens } = await conversation.compact()
      if (compacted) toast.info('Compacted', `${formatCount(before_tokens)} → ${formatCount(after_tokens)} tokens`)
      else
        toast.info(
          'There is nothing to compact yet',
          'The last messages stay as they are, and little comes before them.',
        )
    } catch (error) {
      const { reason, hint } = describeError(error)
      setProblem([reason, hint].filter(Boolean).join(' '))
    }
  }

  const action: CompactAction = { unavailable: unavailable(view, compacting), run: () => void run() }
  return { action, problem, dismiss: () => setProblem('') }
}

function unavailable(view: RunView, compacting: boolean): string | undefined {
  if (compacting) return 'It is being done.'
  if (view.run.runId === '') return 'Nothing has been said yet.'
  return isBusy(view.run) ? 'Possible when the turn has ended.' : undefined
}
