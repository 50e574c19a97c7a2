import type { Chat } from '@loomcycle/client'
import { Link } from '@tanstack/react-router'
import { GitBranch } from 'lucide-react'
import { memo } from 'react'
import { cn } from '../../../../lib/cn.ts'
import { formatRelative } from '../../../../lib/format.ts'
import { closeOverlay } from '../../../../lib/overlays.ts'
import { useSessionRun } from '../../../../lib/runs/runs.ts'
import { useUnread } from '../../../../lib/runs/seen.ts'
import { activityOf, type ChatActivity } from '../../model/sections.ts'
import { ChatMenu } from '../menu/chat-menu.tsx'

export const ChatLink = memo(function ChatLink({ chat, now }: { chat: Chat; now: number }) {
  const live = useSessionRun(chat.session_id)
  const lastActivity = Date.parse(chat.last_activity)
  const unread = useUnread(chat.session_id, lastActivity)
  return (
    <div className="group relative">
      <Link
        to="/chat/$sessionId"
        params={{ sessionId: chat.session_id }}
        onClick={() => closeOverlay()}
        className={cn(
          'flex min-h-8 items-center gap-2 rounded-md pr-2 pl-2 text-sm -outline-offset-2 hover:bg-hover hover:text-text data-[status=active]:bg-hover data-[status=active]:text-text coarse:min-h-11 coarse:pr-10',
          unread ? 'font-medium text-text' : 'text-muted',
        )}
      >
        <ActivityDot activity={activityOf(chat, live)} />
        {unread && <span className="sr-only">Unread: </span>}
        {chat.branched_from && <GitBranch aria-label="Branch:" className="size-3.5 shrink-0 text-faint" />}
        <span className="min-w-0 flex-1 truncate">
          {chat.title || 'Untitled'}
          {chat.snippet && (
            <span className="line-clamp-2 whitespace-normal pb-1 font-normal text-faint text-xs">{chat.snippet}</span>
          )}
        </span>
        <span className="flex shrink-0 items-center gap-1.5 text-2xs text-faint tabular-nums group-focus-within:invisible group-hover:invisible coarse:text-transparent">
          {formatRelative(lastActivity, now)}
          {unread && <span aria-hidden="true" className="size-1.5 rounded-full bg-accent-text" />}
        </span>
      </Link>
      <ChatMenu
        chat={chat}
        className="absolute top-1 right-1 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 coarse:opacity-100"
      />
    </div>
  )
})

const dots: Record<ChatActivity, { word: string; style: string }> = {
  working: { word: 'Working', style: 'animate-breathe bg-accent' },
  delegating: { word: 'Waiting for sub-agents', style: 'animate-breathe border border-accent-text' },
  asking: { word: 'Waiting for you', style: 'bg-warn' },
  parked: { word: 'Your turn', style: 'border border-line-strong' },
  failed: { word: 'Failed', style: 'bg-danger' },
  idle: { word: '', style: 'bg-transparent' },
}

function ActivityDot({ activity }: { activity: ChatActivity }) {
  const { word, style } = dots[activity]
  return (
    <span className="flex w-2 shrink-0 justify-center" title={word || undefined}>
      <span aria-hidden="true" className={cn('size-1.5 rounded-full', style)} />
      {word && <span className="sr-only">{word}: </span>}
    </span>
  )
}
