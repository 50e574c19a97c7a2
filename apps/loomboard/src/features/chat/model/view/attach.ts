import type { Part, RunPhase, RunView, ToolPart, Turn } from '../types.ts'
import { addCost } from './add-cost.ts'
import { enterRun, finishRun } from './turn-changes.ts'
import { ViewDraft } from './view-draft.ts'

/** What a transcript says about the session's latest run. */
export interface LatestRun {
  run_id: string
  agent_id: string
  status: string
  phase?: string
  interactive: boolean
  error?: string
}

const phases: Record<string, RunPhase> = { parked: 'parked', waiting: 'waiting' }

/** The log says what happened; only the run's row says whether it goes on. */
export function withLatestRun(view: RunView, run: LatestRun, at: number): RunView {
  const draft = new ViewDraft(view)
  enterRun(draft, run.run_id, at)
  const known = { runId: run.run_id, agentId: run.agent_id, interactive: run.interactive }
  if (run.status === 'running') {
    draft.view.run = { ...draft.view.run, ...known, phase: phases[run.phase ?? ''] ?? 'working' }
    if (run.phase === 'parked' && draft.workingTurn) draft.settle(draft.workingTurn, 'done', at)
    return draft.finish()
  }
  draft.view.run = { ...draft.view.run, ...known }
  return endRun(draft.finish(), run.status, at)
}

/** The stream is over, and this is how the run's row says it ended. */
export function endRun(view: RunView, status: string, at: number): RunView {
  const draft = new ViewDraft(view)
  finishRun(draft, status === 'failed' ? 'failed' : status === 'cancelled' ? 'stopped' : 'done', at)
  return draft.finish()
}

/** Puts an earlier page of the log in front. The cut may go through a turn, a text or a tool call. */
export function prependEarlier(view: RunView, earlier: RunView): RunView {
  const before = earlier.turns.at(-1)
  const [after, ...rest] = view.turns
  const firstSeq = earlier.firstSeq || view.firstSeq
  if (!before) return { ...view, firstSeq }
  if (!after || after.input || after.runId !== before.runId) {
    const goesOn = !after && view.run.phase === 'working'
    const last: Turn = before.status === 'working' && !goesOn ? { ...before, status: 'done' } : before
    return { ...view, turns: [...earlier.turns.slice(0, -1), last, ...view.turns], firstSeq }
  }
  const joined: Turn = {
    ...after,
    id: before.id,
    input: before.input,
    startedAt: before.startedAt,
    parts: joinParts(before.parts, after.parts),
    usage: {
      ...after.usage,
      input: before.usage.input + after.usage.input,
      output: before.usage.output + after.usage.output,
      cached: before.usage.cached + after.usage.cached,
      ...addCost(before.usage.cost, after.usage.cost),
    },
  }
  joined.boundary = joined.parts.length - (after.parts.length - after.boundary)
  return {
    ...view,
    turns: [...earlier.turns.slice(0, -1), joined, ...rest],
    openTools: view.openTools.map((tool) => (tool.turnId === after.id ? { ...tool, turnId: joined.id } : tool)),
    firstSeq,
  }
}

function joinParts(before: readonly Part[], after: readonly Part[]): Part[] {
  const parts = [...before]
  for (const part of after) {
    const call = part.kind === 'tool' ? parts.findIndex((earlier) => isCallOf(earlier, part)) : -1
    const last = parts.at(-1)
    if (part.kind === 'tool' && call >= 0) {
      const { id, name, input, startedAt } = parts[call] as ToolPart
      parts[call] = { ...part, id, name, input, startedAt, children: childrenOf(parts[call] as ToolPart, part) }
    } else if (part === after[0] && last?.kind === 'text' && last.open && part.kind === 'text') {
      parts[parts.length - 1] = { ...part, id: last.id, text: last.text + part.text }
    } else if (
      part === after[0] &&
      last?.kind === 'thinking' &&
      last.endedAt === undefined &&
      part.kind === 'thinking'
    ) {
      parts[parts.length - 1] = { ...part, id: last.id, text: last.text + part.text, startedAt: last.startedAt }
    } else {
      parts.push(part)
    }
  }
  // Its result is in neither page; should it still come, it is found by its id.
  return parts.map((part, i) => (i < before.length && isUnanswered(part) ? { ...part, state: 'stopped' } : part))
}

/** What the later page says about a child is the newer, but only the earlier may know when it started. */
function childrenOf(before: ToolPart, after: ToolPart): ToolPart['children'] {
  if (!before.children || !after.children) return after.children ?? before.children
  const later = new Map(after.children.map((child) => [child.index, child]))
  const known = before.children.map((child) => ({
    ...child,
    ...later.get(child.index),
    agent: child.agent,
    startedAt: child.startedAt,
  }))
  const started = new Set(before.children.map((child) => child.index))
  return [...known, ...after.children.filter((child) => !started.has(child.index))]
}

function isUnanswered(part: Part): part is ToolPart {
  return part.kind === 'tool' && part.state === 'running'
}

function isCallOf(earlier: Part, result: ToolPart): boolean {
  return earlier.kind === 'tool' && earlier.callId === result.callId && earlier.state === 'running'
}
