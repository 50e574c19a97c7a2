import { useNavigate } from '@tanstack/react-router'
import { Bot, MessageSquare, Radio, Square } from 'lucide-react'
import { MenuItem } from '../../../components/ui/dropdown-menu.tsx'
import { useCardRuns } from '../runs/card-runs.ts'
import { stopRun } from '../runs/stop-run.ts'
import { askAbout } from './ask.ts'

/** What a menu of a card offers about people and agents. */
export function TalkItems({ cardId, onComment }: { cardId: string; onComment: () => void }) {
  const runs = useCardRuns(cardId)
  const navigate = useNavigate()
  return (
    <>
      <MenuItem onSelect={onComment}>
        <MessageSquare aria-hidden="true" />
        Comment
      </MenuItem>
      <MenuItem onSelect={() => setTimeout(() => askAbout(cardId))}>
        <Bot aria-hidden="true" />
        Ask an agent…
      </MenuItem>
      {runs.map((run) => (
        <MenuItem
          key={`watch ${run.runId}`}
          onSelect={() => void navigate({ to: '/chat/$sessionId', params: { sessionId: run.sessionId } })}
        >
          <Radio aria-hidden="true" />
          Watch {run.agent}
        </MenuItem>
      ))}
      {runs.map((run) => (
        <MenuItem key={`stop ${run.runId}`} onSelect={() => stopRun(run)}>
          <Square aria-hidden="true" />
          Stop {run.agent}
        </MenuItem>
      ))}
    </>
  )
}
