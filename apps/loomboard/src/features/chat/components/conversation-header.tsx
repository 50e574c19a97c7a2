import type { Chat } from '@loomcycle/client'
import { ListTree, TextSearch } from 'lucide-react'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import type { RunActivity } from '../model/run-activity.ts'
import { findQuery, outlineOpen, toggleOutline } from '../reading.ts'
import { ChatMenu, type CompactAction } from './menu/chat-menu.tsx'
import { PhaseBadge } from './phase-badge.tsx'

export interface ConversationHeaderProps {
  title: string
  activity: RunActivity
  compacting: boolean
  chat?: Chat
  compact: CompactAction
}

export function ConversationHeader({ title, activity, compacting, chat, compact }: ConversationHeaderProps) {
  const outlined = useStore(outlineOpen)
  return (
    <PageHeader
      title={title}
      status={
        <PhaseBadge
          activity={activity}
          compacting={compacting}
          className="max-md:h-4 max-md:border-0 max-md:bg-transparent max-md:px-0"
        />
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
