import { conversationKey, copies } from '../../lib/browser/copies.ts'
import { storedInTab } from '../../lib/browser/stored.ts'
import { client, connection, noteError } from '../../lib/client.ts'
import { refreshChats } from '../../lib/queries.ts'
import { Conversation, type ConversationEnvironment } from './conversation.ts'

const kept = 12
const claimKey = (sessionId: string) => `loomboard.claim.${sessionId}`

/** Frames while somebody looks; a timer where the browser draws none. */
function schedule(run: () => void): () => void {
  if (document.visibilityState === 'visible') {
    const frame = requestAnimationFrame(run)
    return () => cancelAnimationFrame(frame)
  }
  const timer = setTimeout(run, 250)
  return () => clearTimeout(timer)
}

const environment: ConversationEnvironment = {
  client,
  now: () => Date.now(),
  schedule,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  newId: () => crypto.getRandomValues(new Uint32Array(3)).reduce((id, n) => id + n.toString(36), ''),
  watchStream: () => connection.streamWatcher(),
  noteError,
  onChange: refreshChats,
  keepCopy: (sessionId, copy) => void copies.keep(conversationKey(sessionId), copy),
  findCopy: (sessionId) => copies.find(conversationKey(sessionId)),
  claims: {
    read: (sessionId) => storedInTab.read(claimKey(sessionId)) ?? undefined,
    write: (sessionId, key) => storedInTab.write(claimKey(sessionId), key ?? null),
  },
}

const bySession = new Map<string, Conversation>()
/** Those that have not begun, or have just begun and have no address yet, by where they are to be held. */
const fresh = new Map<string, Conversation>()

/** The conversation of a session, as this tab knows it: going back to one costs nothing. */
export function conversationOf(sessionId: string): Conversation {
  for (const [place, begun] of fresh) {
    if (begun.sessionId !== sessionId) continue
    bySession.set(sessionId, begun)
    fresh.delete(place)
  }
  const conversation = bySession.get(sessionId) ?? new Conversation(environment, sessionId)
  bySession.delete(sessionId)
  bySession.set(sessionId, conversation)
  for (const [id, old] of bySession) {
    if (bySession.size <= kept) break
    old.detach()
    bySession.delete(id)
  }
  return conversation
}

/** It was deleted: this browser keeps nothing of it. */
export function forgetConversation(sessionId: string): void {
  bySession.get(sessionId)?.detach()
  bySession.delete(sessionId)
  for (const [place, begun] of fresh) if (begun.sessionId === sessionId) fresh.delete(place)
  void copies.drop(conversationKey(sessionId))
}

const children = new Map<string, Conversation>()

/** A sub-agent's conversation, read inside its parent's. */
export function childConversation(sessionId: string): Conversation {
  const conversation = children.get(sessionId) ?? new Conversation({ ...environment, onChange: () => {} }, sessionId)
  children.set(sessionId, conversation)
  for (const [id, old] of children) {
    if (children.size <= 4 * kept) break
    if (!old.attached && old !== conversation) children.delete(id)
  }
  return conversation
}

/** The next conversation of a place, such as beside a document; it begins with its first message. */
export function freshConversation(place = 'chat'): Conversation {
  const conversation = fresh.get(place) ?? new Conversation(environment)
  fresh.set(place, conversation)
  return conversation
}

/** Nobody looks at it any more: the browser's few connections are for those that are looked at. */
export function leaveConversation(conversation: Conversation): void {
  conversation.detach()
  if (conversation.state.get().status === 'new') return
  for (const [place, begun] of fresh) {
    if (begun !== conversation) continue
    if (begun.sessionId) bySession.set(begun.sessionId, begun)
    fresh.delete(place)
  }
}
