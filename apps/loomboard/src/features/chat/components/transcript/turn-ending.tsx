import { CircleSlash, Scissors } from 'lucide-react'
import { Button } from '../../../../components/ui/button.tsx'
import { useBranchingScope, whyNot } from '../../branching/branching.ts'
import type { Turn, TurnEnding } from '../../model/types.ts'
import { endingWords } from '../../model/view/ending.ts'

/** Under an answer that is not whole: why, and what helps. */
export function TurnEndingLine({ turn, ending }: { turn: Turn; ending: TurnEnding }) {
  const { says, helps } = endingWords[ending]
  const Icon = helps === 'continue' ? Scissors : CircleSlash
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 py-1 text-muted text-sm">
      <p className="flex min-w-0 items-baseline gap-2">
        <Icon aria-hidden="true" className="size-3.5 shrink-0 translate-y-0.5" />
        <span className="min-w-0">{says}</span>
      </p>
      <Remedy turn={turn} helps={helps} />
    </div>
  )
}

/** Going on is possible from the last turn only; asking again, from any. */
function Remedy({ turn, helps }: { turn: Turn; helps: 'continue' | 'again' }) {
  const branching = useBranchingScope()
  if (!branching || whyNot(turn, branching)) return null
  if (helps === 'again') {
    return turn.input ? (
      <Button size="sm" onClick={() => branching.retry(turn)}>
        Try again
      </Button>
    ) : null
  }
  if (branching.lastTurnId !== turn.id) return null
  return (
    <Button size="sm" onClick={branching.goOn}>
      Continue
    </Button>
  )
}
