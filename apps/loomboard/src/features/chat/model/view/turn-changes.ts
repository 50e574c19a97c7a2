import type { Usage } from '@loomcycle/proto'
import { clip } from '../../../../lib/format.ts'
import { fromText, type Picture } from '../typed.ts'
import type { RunView, ToolPart, Turn, TurnUsage } from '../types.ts'
import { addCost } from './add-cost.ts'
import { endingOf } from './ending.ts'
import { takePending } from './inputs.ts'
import { outcomeOfResult } from './question-outcome.ts'
import type { ViewDraft } from './view-draft.ts'

/** Whatever an earlier run of the session left open, nobody will finish. */
export function enterRun(draft: ViewDraft, runId: string, at: number): void {
  const { run } = draft.view
  if (run.runId === runId) return
  if (run.runId) {
    draft.stopOpenTools(at)
    draft.settleQuestions(() => true, { state: 'cancelled' })
    if (draft.workingTurn && draft.workingTurn.runId === run.runId) draft.settle(draft.workingTurn, 'stopped', at)
  }
  draft.view.run = { ...run, runId, phase: 'working' }
}

export function setPhase(draft: ViewDraft, phase: RunView['run']['phase']): void {
  if (draft.view.run.phase !== phase) draft.view.run = { ...draft.view.run, phase }
}

export function takeInput(
  draft: ViewDraft,
  text: string,
  meta: { source?: string; input_id?: string; pictures?: readonly Picture[]; attached?: { images: number } },
  seq: number | undefined,
  at: number,
): void {
  const pending = takePending(draft, text, meta.input_id)
  const last = draft.lastTurn
  if (last?.input?.localId && last.input.text.trim() === text.trim()) {
    draft.editTurn(last).input = { ...last.input, text, localId: undefined }
    return
  }
  const pictures = meta.pictures ?? pending?.pictures
  const input = {
    text,
    at: pending?.at ?? at,
    source: meta.source,
    ...(pictures?.length ? { pictures } : meta.attached?.images ? { picturesAt: seq } : {}),
  }
  setPhase(draft, 'working')
  if (last?.status === 'working' && !last.input && last.parts.length === 0) {
    draft.editTurn(last).input = input
    return
  }
  // Its tool calls stay open: a result that comes later finds them by id.
  if (last?.status === 'working') draft.settle(last, 'done', at)
  draft.addTurn(draft.newId(seq), at, input)
}

export function appendDelta(
  draft: ViewDraft,
  kind: 'text' | 'thinking',
  delta: string,
  seq: number | undefined,
  at: number,
): void {
  const turn = answeringTurn(draft, seq, at)
  const last = turn.parts.at(-1)
  if (kind === 'text' && last?.kind === 'text' && last.open) {
    draft.editPart(turn, last).text += delta
  } else if (kind === 'thinking' && last?.kind === 'thinking' && last.endedAt === undefined) {
    draft.editPart(turn, last).text += delta
  } else {
    draft.closeOpenPart(turn, at)
    const id = draft.newId(seq)
    draft.addPart(
      turn,
      kind === 'text' ? { kind, id, text: delta, open: true } : { kind, id, text: delta, startedAt: at },
    )
  }
}

/** Only what the model call in progress has said; the calls before it have ended. */
export function textWasThinking(draft: ViewDraft, at: number): void {
  if (!draft.workingTurn) return
  const turn = draft.editTurn(draft.workingTurn)
  turn.parts = turn.parts.map((part, i) => {
    if (i < turn.boundary || part.kind !== 'text') return part
    return { kind: 'thinking', id: part.id, text: part.text.trim(), startedAt: turn.answeringSince ?? at, endedAt: at }
  })
}

/** The first sign of an answer shows the person's message as taken in, even from a server that does not repeat it. */
function answeringTurn(draft: ViewDraft, seq: number | undefined, at: number) {
  setPhase(draft, 'working')
  const opening = draft.workingTurn ? undefined : draft.view.pending.find((input) => input.opens)
  if (opening) {
    draft.view.pending = draft.view.pending.filter((input) => input !== opening)
    const { text, pictures, localId } = opening
    draft.addTurn(draft.newId(seq), at, { text, at: opening.at, localId, ...(pictures ? { pictures } : {}) })
  }
  const turn = draft.ensureTurn(seq, at)
  turn.answeringSince ??= at
  return turn
}

export function startTool(draft: ViewDraft, use: ToolUse, seq: number | undefined, at: number): ToolPart {
  const turn = answeringTurn(draft, seq, at)
  draft.closeOpenPart(turn, at)
  const part = draft.addPart<ToolPart>(turn, {
    kind: 'tool',
    id: draft.newId(seq),
    callId: use.id,
    name: use.name,
    input: use.input,
    state: 'running',
    startedAt: at,
  })
  draft.view.openTools = [...draft.view.openTools, { callId: use.id, turnId: turn.id, partId: part.id }]
  return part
}

interface ToolUse {
  id: string
  name: string
  input: unknown
}

export function finishTool(
  draft: ViewDraft,
  result: { tool_use: ToolUse; text?: string; is_error?: boolean },
  seq: number | undefined,
  at: number,
): void {
  const found = draft.findTool(result.tool_use.id)
  // A page of the log may begin between a call and its result.
  const turn = found ? draft.editTurn(found.turn) : draft.ensureTurn(seq, at)
  const part = draft.editPart(turn, found?.part ?? startTool(draft, result.tool_use, seq, at))
  part.result = result.text ?? ''
  part.state = result.is_error ? 'failed' : 'done'
  part.endedAt = at
  part.children = part.children?.map((child) =>
    child.state === 'running' ? { ...child, state: part.state, endedAt: at } : child,
  )
  draft.forgetOpenTool(part.id)
  draft.settleQuestions((question) => question.callId === part.callId, outcomeOfResult(part.result, result.is_error))
  if (draft.view.run.phase === 'waiting') setPhase(draft, 'working')
  // The turn of the last result: what follows is the next model call.
  if (turn.status === 'working') turn.boundary = turn.parts.length
}

export function countUsage(draft: ViewDraft, usage: Usage, seq: number | undefined, at: number): void {
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0)
  const used = usage.input_tokens + cached
  const guess = usage.max_context_is_guess ? { isGuess: true } : {}
  // A service that counts nothing does not say that the window is empty.
  draft.view.gauge = used > 0 ? { used, max: usage.max_context_tokens || undefined, ...guess } : undefined
  const turn = draft.latestTurn(seq, at)
  const took = turn.answeringSince === undefined ? 0 : at - turn.answeringSince
  turn.usage = {
    input: turn.usage.input + usage.input_tokens + cached,
    output: turn.usage.output + usage.output_tokens,
    cached: turn.usage.cached + (usage.cache_read_input_tokens ?? 0),
    model: usage.model ?? turn.usage.model,
    ...addCost(turn.usage.cost, costOf(usage)),
    // A replay arrives all at once and says nothing about speed.
    tokensPerSecond: took >= 200 ? usage.output_tokens / (took / 1000) : turn.usage.tokensPerSecond,
  }
  turn.answeringSince = undefined
  turn.boundary = turn.parts.length
}

function costOf({ cost, cost_currency: currency }: Usage): TurnUsage['cost'] {
  return cost === undefined || !currency ? undefined : { amount: cost, currency }
}

/** The model call in progress starts over: what it had said so far is folded into one line. */
export function redo(
  draft: ViewDraft,
  text: string,
  seq: number | undefined,
  at: number,
  more: { detail?: string; retryOf?: string },
): void {
  const turn = draft.ensureTurn(seq, at)
  const partial = turn.parts.splice(turn.boundary)
  const said = partial.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n')
  for (const part of partial) if (part.kind === 'tool') draft.forgetOpenTool(part.id)
  turn.answeringSince = undefined

  const last = turn.parts.at(-1)
  const detail = more.detail ?? (said || undefined)
  if (more.retryOf && last?.kind === 'notice' && last.retryOf === more.retryOf) {
    Object.assign(draft.editPart(turn, last), { text, detail: detail ?? last.detail })
  } else {
    draft.addPart(turn, { kind: 'notice', id: draft.newId(seq), tone: 'warn', text, detail, retryOf: more.retryOf })
  }
  turn.boundary = turn.parts.length
}

interface NoticeOptions {
  tone?: 'info' | 'warn' | undefined
  detail?: string
  fromAgent?: boolean
  /** It is no part of what the model says, and stays where that starts over. */
  stays?: boolean
}

export function addNotice(
  draft: ViewDraft,
  text: string,
  seq: number | undefined,
  at: number,
  { tone = 'info', stays = false, ...more }: NoticeOptions = {},
) {
  const turn = draft.latestTurn(seq, at)
  draft.addPart(turn, { kind: 'notice', id: draft.newId(seq), tone, text, ...more })
  if (stays || turn.status !== 'working') turn.boundary = turn.parts.length
}

export function fail(
  draft: ViewDraft,
  { error: text, retry_at }: { error: string; retry_at?: string },
  seq: number | undefined,
  at: number,
): void {
  const last = draft.lastTurn
  const before = last?.parts.at(-1)
  // Some servers say it twice.
  if (last?.status === 'failed' && before?.kind === 'error' && before.text === text) return
  const turn: Turn = last ?? draft.ensureTurn(seq, at)
  const own = draft.editTurn(turn)
  draft.closeOpenPart(own, at)
  const retryAt = retry_at ? Date.parse(retry_at) : undefined
  draft.addPart(own, { kind: 'error', id: draft.newId(seq), text, ...(retryAt ? { retryAt } : {}) })
  draft.settle(own, 'failed', at)
}

/** Why the turn in progress is over, where that leaves its answer less than whole. */
export function endTurn(draft: ViewDraft, stopReason: string | undefined): void {
  const ending = endingOf(stopReason)
  if (ending && draft.workingTurn) draft.editTurn(draft.workingTurn).ending = ending
}

/** The record of what goes back to its author. */
export function noteUnread(draft: ViewDraft, text: string, seq: number | undefined, at: number): void {
  const words = fromText(text).text || 'a picture'
  const detail = words.length > 80 ? { detail: words } : {}
  addNotice(draft, `The run ended before it read “${clip(words, 80)}”.`, seq, at, { stays: true, ...detail })
}

/** Nothing more will come from this run. */
export function finishRun(draft: ViewDraft, status: 'done' | 'failed' | 'stopped', at: number): void {
  draft.stopOpenTools(at)
  draft.settleQuestions(() => true, { state: 'cancelled' })
  if (draft.workingTurn) draft.settle(draft.workingTurn, status, at)
  draft.view.pending = draft.view.pending.map((input) =>
    input.state === 'queued' ? { ...input, state: 'unread' } : input,
  )
  setPhase(draft, 'ended')
}
