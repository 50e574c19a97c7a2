import type { Chat } from '@loomcycle/client'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import type { RunState } from '../model/types.ts'
import { ChatMenu } from './chat-menu.tsx'

const phases: Partial<Record<RunState['phase'], { word: string; tone: 'accent' | 'neutral' | 'warn' }>> = {
  starting: { word: 'Starting', tone: 'accent' },
  working: { word: 'Working', tone: 'accent' },
  waiting: { word: 'Waiting', tone: 'warn' },
  parked: { word: 'Your turn', tone: 'neutral' },
  ended: { word: 'Ended', tone: 'neutral' },
}

export function ConversationHeader({ title, run, chat }: { title: string; run: RunState; chat?: Chat }) {
  const phase = phases[run.phase]
  return (
    <PageHeader title={title}>
      {phase && (
        <Badge tone={phase.tone} className="shrink-0">
          {phase.word}
        </Badge>
      )}
      <span className="flex-1" />
      {chat && <ChatMenu chat={chat} />}
    </PageHeader>
  )
}
