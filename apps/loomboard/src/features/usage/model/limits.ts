import type { LimitScope, SetTokenLimitRequest, TokenLimit } from '@loomcycle/client'
import { formatCount } from '../../../lib/format.ts'

export function whoseInWords({ scope, scope_id, tenant_id }: TokenLimit): string {
  if (scope === 'operator') return 'The whole runtime'
  return scope === 'tenant' ? `Everybody of ${tenant_id}` : (scope_id ?? '')
}

export interface LimitState {
  /** Of what is limited first, from 0 to 1. */
  share: number
  level: 'well' | 'soft' | 'hard'
  words: string
}

export function stateOf({ used, soft_limit: soft, hard_limit: hard }: TokenLimit): LimitState {
  const most = hard ?? soft
  const share = most === undefined ? 0 : most === 0 ? 1 : Math.min(1, used / most)
  const level = hard !== undefined && used >= hard ? 'hard' : soft !== undefined && used >= soft ? 'soft' : 'well'
  const of = most === undefined ? '' : ` of ${formatCount(most)}`
  return { share, level, words: `${formatCount(used)}${of} tokens this month. ${meaning[level]({ soft, hard })}` }
}

type Both = { soft: number | undefined; hard: number | undefined }

const meaning: Record<LimitState['level'], (both: Both) => string> = {
  hard: () => 'It is used up: no model is called until the month is over or the limit is raised.',
  soft: ({ hard }) => (hard === undefined ? 'Runs say so; they go on.' : 'Runs say so, and go on until it is used up.'),
  well: ({ soft, hard }) =>
    [
      ...(soft === undefined ? [] : [`From ${formatCount(soft)} on runs say so.`]),
      ...(hard === undefined ? ['Nothing is stopped.'] : [`From ${formatCount(hard)} on no model is called.`]),
    ].join(' '),
}

/** What sets it again. */
export function asSet({ scope, scope_id, tenant_id, soft_limit, hard_limit }: TokenLimit): SetTokenLimitRequest {
  return {
    scope,
    ...(scope_id !== undefined && { scope_id }),
    ...(tenant_id && { tenant_id }),
    ...(soft_limit !== undefined && { soft_limit }),
    ...(hard_limit !== undefined && { hard_limit }),
  }
}

/** Whose limits somebody may set. */
export function scopesOf(isAdmin: boolean): LimitScope[] {
  return isAdmin ? ['user', 'tenant', 'operator'] : ['user']
}

/** 50 000, 50k, 1.5M; undefined where it is none, as 1.500, which is a half for some and a thousand for others. */
export function parseTokens(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(k|m|b)?$/i.exec(text.trim().replace(/(?<=\d)[\s_,](?=\d{3})/g, ''))
  if (!found) return undefined
  const times = { k: 1e3, m: 1e6, b: 1e9 }[found[2]?.toLowerCase() ?? ''] ?? 1
  if (times === 1 && found[1]!.includes('.')) return undefined
  const tokens = Math.round(Number(found[1]) * times)
  return Number.isSafeInteger(tokens) ? tokens : undefined
}
