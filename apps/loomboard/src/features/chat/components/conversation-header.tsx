import type { Chat } from '@loomcycle/client'
import { ListTree, TextSearch } from 'lucide-react'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { plural } from '../../../lib/format.ts'
import type { RunActivity } from '../model/run-activity.ts'
import { findQuery, outlineOpen, toggleOutline } from '../reading.ts'
import { ChatMenu, type CompactAction } from './menu/chat-menu.tsx'

export interface ConversationHeaderProps {
  title: string
  activity: RunActivity
  compacting: boolean
  chat?: Chat
  compact: CompactAction
}

export function ConversationHeader({ title, activity, compacting, chat, compact }: ConversationHeaderProps) {
  const outlined = useStore(outlineOpen)
  const phase: Phase | undefined = compacting ? { word: 'Compacting', tone: 'accent' } : phaseOf(activity)
  return (
    <PageHeader
      title={title}
      status={
        phase && (
          <Badge tone={phase.tone} className="shrink-0 max-md:h-4 max-md:border-0 max-md:bg-transparent max-md:px-0">
            {phase.before && <span className="whitespace-pre">{phase.before}</span>}
            {phase.word}
          </Badge>
        )
      }
    >
      {chat && (
        <>
          <IconButton label="Find in this conversation" onClick={() => findQuery.set(findQuery.get() ?? '')}>
            <TextSearch />
          </IconButton>
          <IconButton label="Outline" aria-pressed={outlined} onClick={toggleOutline}>
            <ListTree />
          </IconButton>
        </>
      )}
      {chat && <ChatMenu chat={chat} compact={compact} />}
    </PageHeader>
  )
}

interface Phase {
  word: string
  before?: string
  tone: 'accent' | 'neutral' | 'warn'
}

function phaseOf(activity: RunActivity): Phase | undefined {
  switch (activity.kind) {
    case 'none':
      return undefined
    case 'starting':
      return { word: 'Starting', tone: 'accent' }
    case 'working':
      return { word: 'Working', tone: 'accent' }
    case 'asking':
      return { word: 'Waiting for you', tone: 'warn' }
    case 'delegating':
      return { before: 'Waiting for ', word: plural(activity.children, 'sub-agent'), tone: 'accent' }
    case 'waiting':
      return { word: 'Waiting', tone: 'warn' }
    case 'parked':
      return { word: 'Your turn', tone: 'neutral' }
    case 'ended':
      return { word: 'Ended', tone: 'neutral' }
  }
}
