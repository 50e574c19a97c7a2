import { Link } from '@tanstack/react-router'
import { BookOpen, Bot, ChartColumn, Cpu, HardDrive, Waypoints } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { cn } from '../../lib/cn.ts'
import { PageBody } from '../shell/page-body.tsx'
import { PageHeader } from '../shell/page-header.tsx'

const tabs = [
  { to: '/agents', label: 'Agents', icon: Bot },
  { to: '/skills', label: 'Skills', icon: BookOpen },
  { to: '/teams', label: 'Teams', icon: Waypoints },
  { to: '/volumes', label: 'Volumes', icon: HardDrive },
  { to: '/models', label: 'Models', icon: Cpu },
  { to: '/usage', label: 'Usage', icon: ChartColumn },
] as const

export interface LibraryFrameProps {
  of: (typeof tabs)[number]['to']
  /** What stands at the end of the strip: the way to make one. */
  action?: ReactNode
  className?: string
  children: ReactNode
}

/** The pages of what there is to work with, and of what it takes. */
export function LibraryFrame({ of, action, className, children }: LibraryFrameProps) {
  const { label: title } = tabs.find(({ to }) => to === of)!
  useEffect(() => setPageTitle(title), [title])
  const strip = useRef<HTMLElement>(null)
  // On a phone the last of them are beside the screen.
  useLayoutEffect(() => {
    const here = strip.current?.querySelector<HTMLElement>(`[href="${of}"]`)
    if (here) strip.current!.scrollLeft = here.offsetLeft + (here.offsetWidth - strip.current!.clientWidth) / 2
  }, [of])
  return (
    <>
      <PageHeader title={title}>{action}</PageHeader>
      <nav
        ref={strip}
        aria-label="Library"
        className="relative flex shrink-0 gap-0.5 overflow-x-auto border-b px-2 py-1 md:px-3"
      >
        {tabs.map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            search={{}}
            aria-current={to === of ? 'page' : undefined}
            className={cn(
              'flex h-8 items-center gap-1.5 rounded-md px-2 text-sm -outline-offset-2 coarse:h-10 [&_svg]:size-3.5',
              to === of ? 'bg-hover font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
            )}
          >
            <Icon aria-hidden="true" />
            {label}
          </Link>
        ))}
      </nav>
      <PageBody className={className}>{children}</PageBody>
    </>
  )
}
