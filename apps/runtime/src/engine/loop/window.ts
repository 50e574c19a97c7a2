import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { ModelWindow } from '../../models/routing/windows.ts'
import { type Fit, fitted } from './fit.ts'
import type { HistoryMessage } from './history-message.ts'
import { estimateTokens, tokensOf } from './tokens.ts'
import type { WorkingRun } from './working-run.ts'

export interface RunWindow extends ModelWindow {
  /** The same in tokens as we count them, which are not the service's. */
  room: number
}

/** How much the model takes that answers next, with what its service has refused in this conversation. */
export async function windowOf({ deps, history }: WorkingRun, answering: ResolvedModel): Promise<RunWindow> {
  const { tokens, isGuess } = await deps.windows.of(answering)
  const { provider, model } = answering
  const refused = history.refusedFor(provider.id, model)
  const least = Math.min(tokens, refused?.tokens ?? tokens)
  return {
    tokens: least,
    isGuess: isGuess && refused === undefined,
    room: Math.min(least, refused?.room ?? least),
  }
}

export function fitOf(run: WorkingRun, { room, isGuess }: RunWindow): Fit {
  const readsOn = run.tools.has('Context')
  return {
    room,
    isGuess,
    resultShare: run.deps.config.limits.resultWindowShare,
    refOf: (block) => (readsOn ? run.history.refOf(block) : undefined),
  }
}

/** The conversation as the model is shown it. */
export function toSend(run: WorkingRun, window: RunWindow): HistoryMessage[] {
  return fitted(run.history.messages, fitOf(run, window))
}

export interface Fullness {
  used: number
  of: number
}

/**
 * Less than this of what was sent, as we count it, is no count: services leave it out, and what stands before
 * them leaves out what came from a cache.
 */
const leastCounted = 1 / 3

/** What the next request would take: what the service counted in the last one and what has come since, or an estimate. */
export function fullness(run: WorkingRun, window: RunWindow): Fullness {
  const messages = toSend(run, window)
  const { contextTokens, measured } = run.history
  if (!contextTokens || contextTokens.used < estimateTokens(messages.slice(0, measured)) * leastCounted) {
    return { used: estimatedRequest(run, messages), of: window.room }
  }
  return { used: contextTokens.used + estimateTokens(messages.slice(measured)), of: window.tokens }
}

/** The longest answer that is asked for: a window holds both, and what is read needs the larger part of it. */
export function answerLimit({ agent }: WorkingRun, { tokens, isGuess }: RunWindow): number | undefined {
  return agent.maxTokens && !isGuess ? Math.min(agent.maxTokens, Math.floor(tokens / 2)) : agent.maxTokens
}

/** Of a request with these messages, in tokens as we count them. */
export function estimatedRequest(run: WorkingRun, messages: readonly HistoryMessage[]): number {
  return estimateTokens(messages) + overhead(run)
}

/** Instructions and tools, which go along with every request. */
function overhead({ system, tools }: WorkingRun): number {
  const instructions = system.reduce((sum, block) => sum + tokensOf(block.text), 0)
  const offered = [...tools.values()].reduce(
    (sum, tool) => sum + tokensOf(tool.description) + tokensOf(JSON.stringify(tool.inputSchema)),
    0,
  )
  return Math.ceil(instructions + offered)
}
