import { answerCall, type CallAnswer } from '../../engine/rows/tool-calls.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { InterruptContext } from './context.ts'
import { settledPublication } from './publications.ts'
import { type InterruptRow, settleInterrupt } from './store.ts'

/** How a question ended. */
export type Outcome = { by: string } & (
  | { status: 'resolved'; answer: string }
  | { status: 'declined' | 'timed_out' | 'cancelled' }
)

/** Ends a question, gives its call the result and has its run go on, together with whatever else; says when. Undefined where somebody else was faster. */
export async function settle(
  ctx: InterruptContext,
  row: InterruptRow,
  given: Outcome,
  also: (at: number) => Statement[] = () => [],
): Promise<number | undefined> {
  const at = ctx.clock.now()
  const outcome = given.status === 'resolved' ? { ...given, answer: ctx.redact(given.answer) } : given
  const { status, by } = outcome
  const answer = outcome.status === 'resolved' ? outcome.answer : null
  const publication = settledPublication(ctx, row, { status, answer, by })
  const statements = [settleInterrupt(row.id, { status, answer, at, by }), ...publication.statements, ...also(at)]
  if (row.tool_use_id) statements.push(answerCall(row.run_id, row.tool_use_id, answerOf(ctx, row, outcome, at)))
  try {
    await ctx.db.write(statements)
  } catch (error) {
    if (error instanceof NothingChangedError) return undefined
    throw error
  }
  publication.announce()
  ctx.wake(row.run_id)
  return at
}

function answerOf(ctx: InterruptContext, row: InterruptRow, outcome: Outcome, at: number): CallAnswer {
  const { status, by } = outcome
  const answer = outcome.status === 'resolved' ? { answer: outcome.answer } : {}
  const events: CallAnswer['events'] = [
    { type: 'interruption_resolved', interruption: { interrupt_id: row.id, status, ...answer, resolved_by: by } },
  ]
  if (outcome.status === 'timed_out' || outcome.status === 'cancelled') {
    return { events, text: sentence(ctx, row, outcome.status), isError: true }
  }
  // To decline is to answer: nothing went wrong.
  const said =
    outcome.status === 'declined'
      ? { declined: true, interrupt_id: row.id, note: noAnswer }
      : { interrupt_id: row.id, ...answer }
  return { events, text: JSON.stringify({ ...said, resolved_at: new Date(at).toISOString(), resolved_by: by }) }
}

const noAnswer = 'The question was declined: there will be no answer. Go on without one.'

function sentence({ settings }: InterruptContext, row: InterruptRow, status: 'timed_out' | 'cancelled') {
  if (status === 'cancelled') return 'The question was taken back before anybody answered it.'
  const waited = (row.expires_at ?? row.created_at) - row.created_at
  const longest = waited === settings.maxTimeoutMs ? ', the longest a question may wait here' : ''
  return `Nobody answered within ${inWords(waited)}${longest}, and the question has expired. Go on without an answer.`
}

const units = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

function inWords(ms: number): string {
  const [name, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['millisecond', 1]
  const count = ms / size
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
