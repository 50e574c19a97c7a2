import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { AppShell } from '../components/shell/app-shell.tsx'
import { Sidebar } from '../components/shell/sidebar.tsx'
import { ChatList } from '../features/chat/components/chat-list.tsx'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: () => (
    <AppShell sidebar={<Sidebar chats={<ChatList />} />}>
      <Outlet />
    </AppShell>
  ),
})
