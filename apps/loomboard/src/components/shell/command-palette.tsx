import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import {
  Activity,
  BookOpen,
  Bot,
  ChartColumn,
  Cpu,
  FileText,
  FileUp,
  HardDrive,
  Inbox,
  Keyboard,
  MessageSquare,
  Plus,
  Settings,
  SunMoon,
  Waypoints,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { toggleTheme } from '../../lib/browser/theme.ts'
import { formatRelative } from '../../lib/format.ts'
import { useOpenQuestions } from '../../lib/open-questions.ts'
import { openOverlay } from '../../lib/overlays.ts'
import { allChats, chatsQuery } from '../../lib/queries.ts'
import { liveRuns } from '../../lib/runs/runs.ts'
import { Dialog } from '../ui/dialog.tsx'
import { PaletteDocuments } from './palette-documents.tsx'
import { PaletteSaid } from './palette-said.tsx'

const itemStyle =
  'flex cursor-default items-center gap-2.5 rounded-md px-2 py-2 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'
const groupStyle =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs'
/** More than anybody reads; the rest is found by typing. */
const shown = 200

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const { data } = useInfiniteQuery(chatsQuery)
  const open = useOpenQuestions()
  const { subSessions } = useStore(liveRuns.state)
  const chats = allChats(data)
    .filter(({ session_id }) => !subSessions.has(session_id))
    .slice(0, shown)
  const run = (action: () => void) => () => {
    onClose()
    action()
  }

  return (
    <Dialog open onOpenChange={onClose} title="Find a chat, a document or a command" bare className="max-w-xl">
      <Command label="Find a chat, a document or a command" loop className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
          placeholder="Find a chat, a document or a command…"
          className="h-12 shrink-0 border-b bg-transparent px-4 text-base outline-none"
        />
        <Command.List className="min-h-0 overflow-y-auto p-1.5">
          <Command.Empty className="px-2 py-8 text-center text-muted text-sm">
            Nothing is called that, and nobody has said it.
          </Command.Empty>
          <Command.Group heading="Commands" className={groupStyle}>
            <Item icon={<Plus />} onSelect={run(() => void navigate({ to: '/chat' }))}>
              New chat
            </Item>
            <Item icon={<Inbox />} onSelect={run(() => void navigate({ to: '/inbox' }))}>
              {open > 0 ? `Inbox (${open} open)` : 'Inbox'}
            </Item>
            <Item icon={<Activity />} onSelect={run(() => void navigate({ to: '/runs' }))}>
              Runs
            </Item>
            <Item icon={<FileText />} onSelect={run(() => void navigate({ to: '/docs' }))}>
              Documents
            </Item>
            <Item icon={<Bot />} onSelect={run(() => void navigate({ to: '/agents' }))}>
              Agents
            </Item>
            <Item icon={<BookOpen />} onSelect={run(() => void navigate({ to: '/skills' }))}>
              Skills
            </Item>
            <Item icon={<Waypoints />} onSelect={run(() => void navigate({ to: '/teams' }))}>
              Teams
            </Item>
            <Item icon={<HardDrive />} onSelect={run(() => void navigate({ to: '/volumes' }))}>
              Volumes
            </Item>
            <Item icon={<Cpu />} onSelect={run(() => void navigate({ to: '/models' }))}>
              Models
            </Item>
            <Item icon={<ChartColumn />} onSelect={run(() => void navigate({ to: '/usage' }))}>
              Usage
            </Item>
            <Item icon={<FileUp />} onSelect={run(() => openOverlay('import'))}>
              Import a board or a document
            </Item>
            <Item icon={<SunMoon />} onSelect={run(toggleTheme)}>
              Switch between light and dark
            </Item>
            <Item icon={<Settings />} onSelect={run(() => void navigate({ to: '/settings' }))}>
              Settings
            </Item>
            <Item icon={<Keyboard />} onSelect={run(() => openOverlay('shortcuts'))}>
              Keyboard shortcuts
            </Item>
          </Command.Group>
          {chats.length > 0 && (
            <Command.Group heading="Chats" className={groupStyle}>
              {chats.map((chat) => (
                <Command.Item
                  key={chat.session_id}
                  value={`${chat.title ?? 'Untitled'} ${chat.session_id}`}
                  className={itemStyle}
                  onSelect={run(
                    () => void navigate({ to: '/chat/$sessionId', params: { sessionId: chat.session_id } }),
                  )}
                >
                  <MessageSquare aria-hidden="true" />
                  <span className="flex-1 truncate">{chat.title || 'Untitled'}</span>
                  <span className="text-faint text-xs">
                    {formatRelative(Date.parse(chat.last_activity), Date.now())}
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          <PaletteSaid typed={typed} itemStyle={itemStyle} groupStyle={groupStyle} run={run} />
          <PaletteDocuments typed={typed} itemStyle={itemStyle} groupStyle={groupStyle} run={run} />
        </Command.List>
      </Command>
    </Dialog>
  )
}

function Item({ icon, onSelect, children }: { icon: ReactNode; onSelect: () => void; children: string }) {
  return (
    <Command.Item className={itemStyle} onSelect={onSelect} value={children}>
      {icon}
      {children}
    </Command.Item>
  )
}
