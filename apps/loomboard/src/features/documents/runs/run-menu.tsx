import { useNavigate } from '@tanstack/react-router'
import { Eye, Square, Undo2 } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { MenuContent, MenuItem } from '../../../components/ui/dropdown-menu.tsx'
import { runWords } from '../../../lib/runs/run-words.ts'
import { asShown, type CardRun } from '../model/card-runs.ts'
import { askToRevert } from './reverting.ts'
import { stopRun } from './stop-run.ts'

interface RunMenuProps {
  runs: readonly CardRun[]
}

/** What can be done about each of the runs that are at work on a card. */
export function RunMenu(props: RunMenuProps) {
  return (
    <MenuContent
      align="start"
      aria-label="At work here"
      className="max-w-72"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <RunItems {...props} />
    </MenuContent>
  )
}

export function RunItems({ runs }: RunMenuProps) {
  const navigate = useNavigate()
  return runs.map((run) => (
    <Radix.Group key={run.runId} aria-label={run.agent}>
      <Radix.Label className="truncate px-2 pt-1.5 pb-1 text-2xs text-faint">
        {run.agent} · {runWords(asShown(run)).words.toLowerCase()}
      </Radix.Label>
      <MenuItem onSelect={() => void navigate({ to: '/chat/$sessionId', params: { sessionId: run.sessionId } })}>
        <Eye aria-hidden="true" />
        Open its run
      </MenuItem>
      <MenuItem onSelect={() => stopRun(run)}>
        <Square aria-hidden="true" />
        Stop it
      </MenuItem>
      <MenuItem onSelect={() => setTimeout(() => askToRevert(run))}>
        <Undo2 aria-hidden="true" />
        Revert everything it did…
      </MenuItem>
    </Radix.Group>
  ))
}
