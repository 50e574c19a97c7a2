import { LoomcycleClient } from '@loomcycle/client'
import type { FakeAgent, FakeServer } from '../../../testing/fake-server.ts'
import { toAttachments } from '../attachments/attachment.ts'
import { Conversation } from '../conversation.ts'
import { sketch, text } from '../model/makers.ts'
import { toSegments } from '../model/typed.ts'
import type { Along, ConversationEnvironment, ReturnedMessage } from './state.ts'

let ids = 0

const soon = (_ms: number, run: () => void) => {
  const timer = setImmediate(run)
  return () => clearImmediate(timer)
}

/** A browser's tab, whose clock stands still and whose waiting is short. */
function environment(server: FakeServer): ConversationEnvironment {
  const claims = new Map<string, string>()
  return {
    client: new LoomcycleClient({
      baseUrl: 'http://fake',
      fetch: server.fetch,
      environment: {
        now: () => 0,
        random: () => 0,
        after: (ms, run) => (ms < 10_000 ? soon(ms, run) : () => {}),
        onWake: () => () => {},
      },
    }),
    now: () => 0,
    schedule: (run) => soon(0, run),
    after: soon,
    newId: () => `l${++ids}`,
    watchStream: () => () => {},
    noteError: () => {},
    onChange: () => {},
    keepCopy: () => {},
    findCopy: () => Promise.resolve(undefined),
    claims: {
      read: (session) => claims.get(session),
      write: (session, key) => void (key ? claims.set(session, key) : claims.delete(session)),
    },
  }
}

/** A conversation as one tab has it. */
export function aConversation(
  server: FakeServer,
  sessionId?: string,
  more: Partial<ConversationEnvironment> = {},
): Conversation {
  return new Conversation({ ...environment(server), ...more }, sessionId)
}

export const echo: FakeAgent = (told, run, server) => server.emit(run, text(`You said ${told}.`))

export const picture = { mediaType: 'image/png' as const, data: 'AAAA' }
export const along: Along = {
  typed: 'Unread',
  segments: toSegments({ text: 'Unread', files: [] }, [picture]),
  pictures: [picture],
  attachments: toAttachments([], [picture]),
}

/** The runtime does what it is asked next, and nobody hears of it. */
export function loseAnswerTo(server: FakeServer, path: string): void {
  server.intercept = (_method, asked) => {
    if (!asked.endsWith(path)) return undefined
    server.intercept = undefined
    server.loseAnswer = true
    return undefined
  }
}

/** The message that comes back to the composer. */
export async function returned(conversation: Conversation): Promise<ReturnedMessage> {
  const { promise, resolve } = Promise.withResolvers<ReturnedMessage>()
  const look = () => conversation.state.get().returned
  const stop = conversation.state.subscribe(() => look() && resolve(look()!))
  if (look()) resolve(look()!)
  const back = await promise
  stop()
  return back
}

export async function until(
  conversation: Conversation,
  check: (sketched: string[], phase: string) => boolean,
): Promise<void> {
  const met = () => check(sketch(conversation.view), conversation.view.run.phase)
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = conversation.state.subscribe(() => met() && resolve())
  if (met()) resolve()
  await promise
  stop()
}

export const untilParked = (conversation: Conversation, turns = 1): Promise<void> =>
  until(conversation, (lines, phase) => phase === 'parked' && lines.length >= turns)
