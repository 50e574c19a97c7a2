import { compareRanks } from '../compare-ranks.ts'
import type { ProviderCapabilities } from '../provider.ts'

interface ClaudeModel {
  family: string
  /** 4.5 is 405, so that 4.10 comes after 4.9. */
  version: number
  date: number
}

/** Nothing is known of models that only speak the protocol. Reads both orders of naming: `claude-3-5-sonnet-20241022` and `claude-sonnet-4-5-20250929`. */
function parseModel(id: string): ClaudeModel {
  if (!id.includes('claude')) return { family: '', version: 0, date: 0 }
  const family = /(opus|sonnet|haiku)/.exec(id)?.[1] ?? /claude-([a-z]+)/.exec(id)?.[1] ?? ''
  const date = Number(/\b(20\d{6})\b/.exec(id)?.[1] ?? 0)
  const [major = 0, minor = 0] = (id.replace(/\b20\d{6}\b/, '').match(/\d+/g) ?? []).map(Number)
  return { family, version: major * 100 + minor, date }
}

/** Newer models size their own thinking and refuse a budget. */
export function thinksAdaptively(id: string): boolean {
  const { family, version } = parseModel(id)
  return version >= 500 || (version >= 406 && family !== 'haiku')
}

export function canThink(id: string): boolean {
  const { family, version } = parseModel(id)
  return family !== 'haiku' && version >= 307
}

/** From 4.7 on, temperature and its kin answer 400. */
export function takesSampling(id: string): boolean {
  return parseModel(id).version < 407
}

/** An answer is held to a schema from 4.5 on. */
export function takesSchema(id: string): boolean {
  return parseModel(id).version >= 405
}

export function capabilities(id: string): ProviderCapabilities {
  return { contextWindow: 200_000, thinking: canThink(id), vision: !/claude-(2|instant)/.test(id) }
}

const FAMILIES = ['sonnet', 'opus', 'haiku']

/** The newest generation; in it the general-purpose family; of that the newest, and a moving name rather than a dated one. */
export function preferredModel(ids: readonly string[]): string | undefined {
  return ids.toSorted((a, b) => compareRanks(rank(a), rank(b)))[0]
}

function rank(id: string): number[] {
  const { family, version, date } = parseModel(id)
  const place = FAMILIES.indexOf(family)
  return [-Math.floor(version / 100), place < 0 ? FAMILIES.length : place, -version, date === 0 ? 0 : 1, -date]
}
