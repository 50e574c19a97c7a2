import { isBusy, type QuestionPart, type RunView, type ToolPart } from './types.ts'

/** What a run is doing, as a person would say it. */
export type RunActivity =
  | { kind: 'none' | 'starting' | 'working' | 'parked' | 'ended' }
  /** It waits for a person's answer. */
  | { kind: 'asking'; questions: readonly QuestionPart[] }
  | { kind: 'delegating'; children: number }
  /** It waits for something this page does not know: its call is further back than what has been read. */
  | { kind: 'waiting' }

/** Nothing in the stream says that a run has begun to wait; that all its open calls wait for somebody does. */
export function runActivity(view: RunView): RunActivity {
  const { phase } = view.run
  if (!isBusy(view.run) || phase === 'starting') return { kind: phase as 'none' | 'starting' | 'parked' | 'ended' }
  const questions: QuestionPart[] = []
  let children = 0
  for (const open of view.openTools) {
    const turn = view.turns.findLast(({ id }) => id === open.turnId)
    const question = turn?.parts.find((part) => part.kind === 'question' && part.callId === open.callId)
    const call = turn?.parts.find((part) => part.id === open.partId)
    const running = runningChildren(call?.kind === 'tool' ? call : undefined)
    if (question?.kind === 'question' && question.state === 'pending') questions.push(question)
    else if (running > 0) children += running
    else return { kind: 'working' }
  }
  if (questions.length > 0) return { kind: 'asking', questions }
  if (children > 0) return { kind: 'delegating', children }
  return { kind: phase === 'waiting' ? 'waiting' : 'working' }
}

function runningChildren(call: ToolPart | undefined): number {
  return call?.children?.filter(({ state }) => state === 'running').length ?? 0
}
