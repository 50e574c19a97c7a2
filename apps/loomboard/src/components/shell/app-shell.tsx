import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { connection } from '../../lib/client.ts'
import { onDemand, useOnDemand } from '../../lib/on-demand.ts'
import { closeOverlay, openOverlay, overlay } from '../../lib/overlays.ts'
import { useShortcut } from '../../lib/shortcuts.ts'
import { toasterWanted } from '../../lib/toast.ts'
import { focusQuestion } from '../question/focus-question.ts'
import { useAttention } from './use-attention.ts'
import { useStrayFiles } from './use-stray-files.ts'

const CommandPalette = lazy(() => import('./command-palette.tsx').then((m) => ({ default: m.CommandPalette })))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx').then((m) => ({ default: m.ShortcutSheet })))
const Toaster = lazy(() => import('../ui/toaster.tsx').then((m) => ({ default: m.Toaster })))
const Sheet = lazy(() => import('../ui/sheet.tsx').then((m) => ({ default: m.Sheet })))
const tooltips = onDemand(() => import('../ui/tooltip-layer.tsx').then((module) => module.TooltipLayer))
const signIn = onDemand(() => import('./sign-in.tsx').then((module) => module.SignIn))

interface AppShellProps {
  sidebar: ReactNode
  /** The dialog that brings documents in. */
  importing: ReactNode
  children: ReactNode
}

/** The frame around every page: the sidebar, what lies over the page, and the keys that work everywhere. */
export function AppShell({ sidebar, importing, children }: AppShellProps) {
  const { kind } = useStore(connection.state)
  const open = useStore(overlay)
  const toasts = useStore(toasterWanted)
  const navigate = useNavigate()
  const isSignedOut = kind === 'signed-out'
  const SignIn = useOnDemand(signIn, isSignedOut, { held: !isSignedOut })
  const Tooltips = useOnDemand(tooltips, false)
  const onOpenChange = (isOpen: boolean) => isOpen || closeOverlay()

  useAttention()
  useStrayFiles()
  useShortcut('Mod+K', () => openOverlay('palette'))
  useShortcut('?', () => openOverlay('shortcuts'))
  useShortcut('Alt+N', () => void navigate({ to: '/chat' }))
  useShortcut('Alt+D', () => void navigate({ to: '/docs' }))
  useShortcut('Alt+Q', () => focusQuestion() || void navigate({ to: '/inbox' }))

  if (isSignedOut) return SignIn && <SignIn />
  return (
    <div className="flex h-full">
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside aria-label="Sidebar" className="hidden w-64 shrink-0 flex-col border-r bg-surface md:flex">
        {sidebar}
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      <Suspense>
        {open === 'sidebar' && (
          <Sheet open onOpenChange={onOpenChange} title="Navigation">
            {sidebar}
          </Sheet>
        )}
        {open === 'palette' && <CommandPalette onClose={closeOverlay} />}
        {open === 'shortcuts' && <ShortcutSheet onClose={closeOverlay} />}
        {open === 'import' && importing}
        {toasts && <Toaster />}
      </Suspense>
      {Tooltips && <Tooltips />}
    </div>
  )
}
