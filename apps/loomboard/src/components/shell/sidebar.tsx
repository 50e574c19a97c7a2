import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Activity, Bot, FileText, Inbox, Keyboard, Moon, Plus, Search, Settings, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { resolvedTheme, toggleTheme, useTheme } from '../../lib/browser/theme.ts'
import { cn } from '../../lib/cn.ts'
import { type Mention, mentionsQuery } from '../../lib/mentions.ts'
import { useOpenQuestions } from '../../lib/open-questions.ts'
import { closeOverlay, openOverlay } from '../../lib/overlays.ts'
import { useUnreadCount } from '../../lib/runs/seen.ts'
import { undecided } from '../../lib/undecided.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { BrandMark } from './brand.tsx'
import { ConnectionStatus } from './connection-status.tsx'

const navStyle =
  'flex h-8 items-center gap-2 rounded-md px-2 font-medium text-sm hover:bg-hover data-[status=active]:bg-hover coarse:h-11 [&_svg]:size-4'

const noMentions: readonly Mention[] = []

export function Sidebar({ chats }: { chats: ReactNode }) {
  const navigate = useNavigate()
  const questions = useOpenQuestions()
  const { data: mentions = noMentions } = useQuery(mentionsQuery)
  const open = questions + useUnreadCount(mentions)
  const notSaved = useStore(undecided).length
  useTheme()
  const dark = resolvedTheme() === 'dark'
  return (
    <>
      <div className="flex h-12 shrink-0 items-center gap-2 px-3.5">
        <BrandMark className="size-5 text-accent-text" />
        <span className="flex-1 font-display font-semibold text-base tracking-tight">loomboard</span>
        <IconButton label="Find a chat, a document or a command" size="sm" onClick={() => openOverlay('palette')}>
          <Search />
        </IconButton>
      </div>
      <div className="px-2 pb-1">
        <Link to="/chat" onClick={() => closeOverlay()} activeOptions={{ exact: true }} className={navStyle}>
          <Plus className="text-accent-text" />
          <span className="flex-1">New chat</span>
          <Kbd combo="Alt+N" className="coarse:hidden" />
        </Link>
        <NavLink to="/inbox" icon={<Inbox />} label="Inbox">
          {open > 0 && (
            <Badge tone="warn" className="tabular-nums">
              {open}
              <span className="sr-only"> open</span>
            </Badge>
          )}
        </NavLink>
        <NavLink to="/runs" icon={<Activity />} label="Runs" />
        <NavLink to="/docs" icon={<FileText />} label="Documents">
          {notSaved > 0 && (
            <Badge tone="warn" className="tabular-nums">
              {notSaved}
              <span className="sr-only"> not saved</span>
            </Badge>
          )}
        </NavLink>
        <NavLink to="/agents" icon={<Bot />} label="Agents" />
      </div>
      {chats}
      <div className="flex h-11 shrink-0 items-center gap-0.5 border-t pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <ConnectionStatus />
        </div>
        <IconButton
          label="Keyboard shortcuts"
          size="sm"
          className="coarse:hidden"
          onClick={() => openOverlay('shortcuts')}
        >
          <Keyboard />
        </IconButton>
        <IconButton label={dark ? 'Use the light theme' : 'Use the dark theme'} size="sm" onClick={toggleTheme}>
          {dark ? <Sun /> : <Moon />}
        </IconButton>
        <IconButton
          label="Settings"
          size="sm"
          onClick={() => {
            closeOverlay()
            void navigate({ to: '/settings' })
          }}
        >
          <Settings />
        </IconButton>
      </div>
    </>
  )
}

function NavLink(props: {
  to: '/inbox' | '/runs' | '/docs' | '/agents'
  icon: ReactNode
  label: string
  children?: ReactNode
}) {
  return (
    <Link to={props.to} onClick={() => closeOverlay()} className={cn(navStyle, 'text-muted [&_svg]:text-faint')}>
      {props.icon}
      <span className="flex-1">{props.label}</span>
      {props.children}
    </Link>
  )
}
