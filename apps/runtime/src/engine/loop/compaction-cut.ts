import type { Compaction } from '@loomcycle/proto'
import type { Message } from '../../models/providers/provider.ts'
import { estimateTokens } from './tokens.ts'

export interface CompactionSettings {
  /** By itself, when the window fills up; asking for it works in any case. */
  enabled: boolean
  /** Length of the summary, in percent of what it replaces. */
  targetPercentage: number
  keepLastN: number
  keepFirst: boolean
  autocompactAtPct: number
  model?: string
}

/** What the run was started with beats what its agent says, field by field. */
export function compactionSettings(agent: Compaction = {}, run: Compaction = {}): CompactionSettings {
  const model = run.model ?? agent.model
  return {
    enabled: run.enabled ?? agent.enabled ?? false,
    targetPercentage: run.target_percentage ?? agent.target_percentage ?? 10,
    keepLastN: run.keep_last_n ?? agent.keep_last_n ?? 4,
    keepFirst: run.keep_first ?? agent.keep_first ?? true,
    autocompactAtPct: run.autocompact_at_pct ?? agent.autocompact_at_pct ?? 80,
    ...(model ? { model } : {}),
  }
}

/** Somebody says something new; nothing in it answers a call, so a history can start here. */
export function isFreshTurn(message: Message<unknown> | undefined): boolean {
  return message?.role === 'user' && message.content.every((block) => block.type !== 'tool_result')
}

export interface CutOptions {
  keepLastN: number
  keepFirst: boolean
  /** Tokens of the model's window, where somebody knows it. */
  window?: number | undefined
  /** Messages at the start that an earlier compaction put there: replacing only these would gain nothing. */
  headLength?: number
  /** Nothing else makes it short enough: then nothing stays that fills more than half of the window. */
  must?: boolean
}

/** The first message that stays; everything before it is replaced. Undefined when there is nothing to replace. */
export function findCut(messages: readonly Message<unknown>[], options: CutOptions): number | undefined {
  const { keepLastN, keepFirst, window, headLength = 0, must = false } = options
  const isLong = window !== undefined && estimateTokens(messages) * 2 > window
  let cut = messages.length
  if (keepLastN > 0) {
    const first = keepFirst && isFreshTurn(messages[0]) ? 1 : 0
    const target = messages.length - keepLastN
    // Few messages are as short as they get, unless they are long.
    if (target <= first && !isLong) return undefined
    cut = lastFreshTurn(messages, first, Math.max(target, first)) ?? (target <= first ? first : messages.length)
  }
  if (window) cut = withinWindow(messages, cut, window)
  if (must && window && estimateTokens(messages.slice(cut)) * 2 > window) cut = messages.length
  const hasWork = messages.slice(headLength, cut).some((message) => message.role === 'assistant')
  return hasWork ? cut : undefined
}

function lastFreshTurn(messages: readonly Message<unknown>[], after: number, upTo: number): number | undefined {
  for (let i = upTo; i > after; i--) if (isFreshTurn(messages[i])) return i
  return undefined
}

/** What stays may fill half of the window, unless it is a single turn. */
function withinWindow(messages: readonly Message<unknown>[], start: number, window: number): number {
  let cut = start
  let tokens = estimateTokens(messages.slice(cut))
  while (tokens * 2 > window) {
    const next = messages.findIndex((message, i) => i > cut && isFreshTurn(message))
    if (next < 0) break
    tokens -= estimateTokens(messages.slice(cut, next))
    cut = next
  }
  return cut
}
