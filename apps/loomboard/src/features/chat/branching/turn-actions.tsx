import { GitBranch, Pencil, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { clip } from '../../../lib/format.ts'
import { chatName } from '../../../lib/runs/chat-name.ts'
import type { Turn } from '../model/types.ts'
import { useBranchingScope, whyNot } from './branching.ts'

/** Under an answer: the same message again, or another conversation that goes on from here. */
export function TurnActions({ turn }: { turn: Turn }) {
  const branching = useBranchingScope()
  if (!branching) return null
  const why = whyNot(turn, branching)
  return (
    <>
      {turn.input && (
        <Action does="Try again" turn={turn} why={why} onClick={() => branching.retry(turn)}>
          <RotateCcw />
        </Action>
      )}
      <Action does="Branch from here" turn={turn} why={why} onClick={() => branching.branchAfter(turn)}>
        <GitBranch />
      </Action>
    </>
  )
}

/** On a person's message. */
export function EditAction({ turn }: { turn: Turn }) {
  const branching = useBranchingScope()
  if (!branching) return null
  return (
    <Action does="Edit and resend" turn={turn} why={whyNot(turn, branching)} onClick={() => branching.edit(turn)}>
      <Pencil />
    </Action>
  )
}

interface ActionProps {
  does: string
  turn: Turn
  /** Why it cannot be done now: it stays in reach, so that everybody can find out. */
  why: string | undefined
  onClick: () => void
  children: ReactNode
}

function Action({ does, turn, why, onClick, children }: ActionProps) {
  const said = clip(chatName(turn.input?.text ?? ''), 40)
  return (
    <IconButton
      label={said ? `${does}: ${said}` : does}
      data-tip={why ?? does}
      aria-description={why}
      aria-disabled={why ? true : undefined}
      size="sm"
      className="aria-disabled:text-faint aria-disabled:hover:bg-transparent"
      onClick={why ? undefined : onClick}
    >
      {children}
    </IconButton>
  )
}
