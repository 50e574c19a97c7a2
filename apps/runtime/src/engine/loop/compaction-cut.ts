import type { Compaction } from '@loomcycle/proto'
import type { Message } from '../../models/providers/provider.ts'

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

const charsPerToken = 4

export function estimateTokens(messages: readonly Message<unknown>[]): number {
  let chars = 0
  for (const message of messages) {
    for (const block of message.content) {
      if (block.type === 'text' || block.type === 'tool_result') chars += block.text.length
      else if (block.type === 'tool_use') chars += JSON.stringify(block.input)?.length ?? 0
    }
  }
  return Math.ceil(chars / charsPerToken)
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
}

/** The first message that stays; everything before it is replaced. Undefined when there is nothing to replace. */
export function findCut(messages: readonly Message<unknown>[], options: CutOptions): number | undefined {
  const { keepLastN, keepFirst, window, headLength = 0 } = options
  let cut = messages.length
  if (keepLastN > 0) {
    const first = keepFirst && isFreshTurn(messages[0]) ? 1 : 0
    const target = messages.length - keepLastN
    if (target <= first) return undefined
    cut = lastFreshTurn(messages, first, target) ?? messages.length
  }
  if (window) cut = withinWindow(messages, cut, window)
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
  while (estimateTokens(messages.slice(cut)) * 2 > window) {
    const next = messages.findIndex((message, i) => i > cut && isFreshTurn(message))
    if (next < 0) break
    cut = next
  }
  return cut
}
