import type { Chat } from '@loomcycle/client'
import type { LiveRun } from '../../../lib/runs/live-runs.ts'

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

export type ChatActivity = 'working' | 'delegating' | 'asking' | 'parked' | 'failed' | 'idle'

/** What was told of its latest run counts for more than what the list said when it was read. */
export function activityOf(chat: Pick<Chat, 'status' | 'phase' | 'run_id'>, live?: LiveRun): ChatActivity {
  const told = live && (live.runId === chat.run_id || live.status === 'running') ? live : undefined
  const { status, phase } = told ?? chat
  if (status === 'failed') return 'failed'
  if (status !== 'running') return 'idle'
  if (phase === 'waiting')
    return told?.awaited === undefined || told.awaited === 'interrupted' ? 'asking' : 'delegating'
  return phase === 'parked' ? 'parked' : 'working'
}
