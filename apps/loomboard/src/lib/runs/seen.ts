import { useSyncExternalStore } from 'react'
import { createStore } from '../browser/store.ts'
import { stored } from '../browser/stored.ts'

/** When each conversation, or something that mentions its person, was last looked at in this browser; before `since` everything counts as seen. */
interface Seen {
  since: number
  at: Readonly<Record<string, number>>
}

const key = 'loomboard.seen'
const kept = 1000

const seen = createStore<Seen>(read())
globalThis.addEventListener?.('storage', (event) => event.key === key && seen.set(read()))

function read(): Seen {
  try {
    const { since, at } = JSON.parse(stored.read(key) ?? '') as Seen
    return { since, at: { ...at } }
  } catch {
    const first = { since: Date.now(), at: {} }
    stored.write(key, JSON.stringify(first))
    return first
  }
}

function isUnread({ since, at }: Seen, sessionId: string, lastActivity: number): boolean {
  return lastActivity > (at[sessionId] ?? since)
}

/** Whoever asks is disturbed only when the answer changes. */
export function useUnread(sessionId: string, lastActivity: number): boolean {
  const get = () => isUnread(seen.get(), sessionId, lastActivity)
  return useSyncExternalStore(seen.subscribe, get, get)
}

/** How many of these nobody has looked at. */
export function useUnreadCount(all: readonly { id: string; at: number }[]): number {
  const get = () => all.filter(({ id, at }) => isUnread(seen.get(), id, at)).length
  return useSyncExternalStore(seen.subscribe, get, get)
}

export function markSeen(sessionId: string, lastActivity: number): void {
  const { since, at } = seen.get()
  if (!isUnread({ since, at }, sessionId, lastActivity)) return
  const entries = Object.entries({ ...at, [sessionId]: lastActivity })
  const newest = entries.length > kept ? entries.sort(([, a], [, b]) => b - a).slice(0, kept) : entries
  const next = { since, at: Object.fromEntries(newest) }
  stored.write(key, JSON.stringify(next))
  seen.set(next)
}
