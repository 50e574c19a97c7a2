import type { Chat } from '@loomcycle/client'

export type ChatRow = { kind: 'heading'; title: string } | { kind: 'chat'; chat: Chat }

const day = 24 * 60 * 60 * 1000

/** The list as it is drawn: pinned first, then by how long ago. */
export function toChatRows(chats: readonly Chat[], now: number): ChatRow[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const rows: ChatRow[] = []
  let heading = ''
  for (const chat of chats) {
    const title = chat.pinned ? 'Pinned' : ageOf(Date.parse(chat.last_activity), midnight)
    if (title !== heading) rows.push({ kind: 'heading', title })
    heading = title
    rows.push({ kind: 'chat', chat })
  }
  return rows
}

function ageOf(at: number, midnight: number): string {
  if (at >= midnight) return 'Today'
  if (at >= midnight - day) return 'Yesterday'
  if (at >= midnight - 7 * day) return 'Last 7 days'
  return 'Earlier'
}

export type ChatActivity = 'working' | 'waiting' | 'parked' | 'failed' | 'idle'

export function activityOf(chat: Pick<Chat, 'status' | 'phase'>): ChatActivity {
  if (chat.status === 'failed') return 'failed'
  if (chat.status !== 'running') return 'idle'
  if (chat.phase === 'waiting') return 'waiting'
  return chat.phase === 'parked' ? 'parked' : 'working'
}
