import type { PromptSegment, UserInputPayload } from '@loomcycle/client'
import { client } from '../../../lib/client.ts'
import { refreshChats } from '../../../lib/queries.ts'
import { toAttachments } from '../attachments/attachment.ts'
import type { Conversation } from '../conversation.ts'
import { conversationOf } from '../conversations.ts'
import { firstOwnSeq } from '../model/branches.ts'
import { turnSeq } from '../model/outline.ts'
import { fromText, picturesOf } from '../model/typed.ts'
import type { Turn } from '../model/types.ts'
import { refreshBranches } from './use-branches.ts'

/** Makes a conversation that has everything up to the end of this turn; resolves to its session. */
export function branchAfter(conversation: Conversation, turn: Turn): Promise<string> {
  const { turns, lastSeq } = conversation.view
  const next = turns[turns.findIndex(({ id }) => id === turn.id) + 1]
  // Where the next turn's place is not exact, the server takes the end of this one.
  return branch(conversation, sessionOf(conversation), ((next && turnSeq(next.id)) ?? lastSeq + 1) - 1)
}

/**
 * Says a turn's message again in a new conversation that has what came before it, in other words where they are given.
 * Resolves to its session as soon as there is one; what is said then shows there.
 */
export async function resend(conversation: Conversation, turn: Turn, text?: string): Promise<string> {
  const input = await findInput(sessionOf(conversation), turn)
  const { branchedFrom } = conversation.state.get()
  const opensBranch = branchedFrom && input.seq === firstOwnSeq(branchedFrom.seq)
  // Another version of the message by which a branch begins is a branch of the same conversation.
  const sessionId = opensBranch
    ? await branch(conversation, branchedFrom.session_id, branchedFrom.seq)
    : await branch(conversation, sessionOf(conversation), input.seq - 1)
  const segments = text === undefined ? input.segments : withText(input.segments, text)
  const next = conversationOf(sessionId)
  await next.open()
  const whole = wordsOf(segments)
  const { text: typed, files } = fromText(whole)
  const pictures = picturesOf(segments)
  void next.send(whole, { typed, segments, pictures, attachments: toAttachments(files, pictures) })
  return sessionId
}

/** The last message, said again. */
export async function retryLast(conversation: Conversation): Promise<string | undefined> {
  const turn = conversation.view.turns.findLast((one) => one.input)
  return turn && resend(conversation, turn)
}

async function branch(conversation: Conversation, sessionId: string, untilSeq: number): Promise<string> {
  const { agent } = conversation.state.get()
  const { new_session_id } = await client.replaySession(sessionId, { agent, untilSeq })
  refreshBranches()
  refreshChats()
  return new_session_id
}

function sessionOf({ sessionId }: Conversation): string {
  if (!sessionId) throw new Error('Nothing has been said yet.')
  return sessionId
}

/** Between what was said and the first sign of an answer, by which a turn may be known, there are few rows. */
const fewRows = 50

/** What was said as the log has it: pictures and files are what they were. */
async function findInput(sessionId: string, turn: Turn): Promise<{ seq: number; segments: PromptSegment[] }> {
  const upTo = turnSeq(turn.id)
  const { events } = await client.getTranscript(sessionId, {
    limit: fewRows,
    ...(upTo === undefined ? {} : { beforeSeq: upTo + 1 }),
  })
  const row = events.findLast(({ type }) => type === 'user_input')
  if (!row) throw new Error('The message could not be found. Reload the page and try again.')
  const segments = (row.payload as UserInputPayload[]).filter(({ role }) => role === 'user') as PromptSegment[]
  return { seq: row.seq, segments }
}

/** The same with other words; what was attached stays. */
function withText(segments: readonly PromptSegment[], text: string): PromptSegment[] {
  const attached = segments.flatMap(({ content }) => content.filter(({ type }) => type !== 'trusted-text'))
  return [{ role: 'user', content: [{ type: 'trusted-text', text }, ...attached] }]
}

/** As the log will have them. */
function wordsOf(segments: readonly PromptSegment[]): string {
  return segments.flatMap(({ content }) => content.flatMap((block) => ('text' in block ? [block.text] : []))).join('\n')
}
