import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet, retainSearchParams } from '@tanstack/react-router'
import { lazy } from 'react'
import { AppShell } from '../components/shell/app-shell.tsx'
import { Sidebar } from '../components/shell/sidebar.tsx'
import { ChatList } from '../features/chat/components/list/chat-list.tsx'
import { closeOverlay } from '../lib/overlays.ts'

const ImportDialog = lazy(() =>
  import('../features/documents/importing/import-dialog.tsx').then((m) => ({ default: m.ImportDialog })),
)

interface ShellSearch {
  /** The list of chats shows only those with this tag, wherever one goes. */
  tag?: string
}

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  // An address that somebody typed has a tag like 2026 as a number.
  validateSearch: ({ tag }): ShellSearch => ({
    tag: (typeof tag === 'string' && tag !== '') || typeof tag === 'number' ? String(tag) : undefined,
  }),
  search: { middlewares: [retainSearchParams<ShellSearch>(['tag'])] },
  component: () => (
    <AppShell sidebar={<Sidebar chats={<ChatList />} />} importing={<ImportDialog onClose={closeOverlay} />}>
      <Outlet />
    </AppShell>
  ),
})
