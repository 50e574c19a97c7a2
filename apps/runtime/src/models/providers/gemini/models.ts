import { compareRanks } from '../compare-ranks.ts'
import type { ModelRequest, ProviderCapabilities } from '../provider.ts'

/** 2.5 is 205. Names that move are at the newest model; 0 for what is not called gemini. */
function versionOf(model: string): number {
  const [, major, minor] = /gemini-(\d+)(?:\.(\d+))?/.exec(model) ?? []
  if (major === undefined) return /^gemini-/.test(model) && model.endsWith('latest') ? 399 : 0
  return Number(major) * 100 + Number(minor ?? 0)
}

const NOT_FOR_CHAT = /embed|tts|image|live|audio|robotics|computer-use|imagen|veo|lyria|aqa|gemma|learnlm|research/i

/** They are told a level; those before, a number of tokens. They refuse calls that come back unsigned. */
export function isThirdFamily(model: string): boolean {
  return versionOf(model) >= 300
}

function thinks(model: string): boolean {
  return versionOf(model) >= 205 && !NOT_FOR_CHAT.test(model)
}

/** Those after refuse penalties altogether. */
export function takesPenalties(model: string): boolean {
  return versionOf(model) < 205
}

/** The first Gemmas know no system instruction. */
export function takesInstruction(model: string): boolean {
  return !/gemma-[123]/.test(model)
}

export function capabilities(model: string): ProviderCapabilities {
  const isKnown = versionOf(model) >= 200 && !NOT_FOR_CHAT.test(model)
  return {
    ...(isKnown ? { contextWindow: 1_048_576 } : {}),
    thinking: thinks(model),
    vision: true,
  }
}

const ANSWER_TOKENS = 1024

/** How much a model is to think, and that it shows its thoughts; undefined where it cannot think. */
export function thinkingFor({ model, effort, maxTokens = Number.POSITIVE_INFINITY }: ModelRequest): object | undefined {
  if (!thinks(model)) return undefined
  if (effort === undefined) return { includeThoughts: true }
  if (isThirdFamily(model)) return { includeThoughts: true, thinkingLevel: levelFor(model, effort) }
  // Pro cannot do without.
  const least = /-pro/.test(model) ? 128 : /-lite/.test(model) ? 512 : 1
  const wanted = { minimal: 0, low: 0, medium: 2048, high: 8192 }[effort]
  if (wanted === 0 && least !== 128) return { thinkingBudget: 0 }
  // What it thinks is taken from what it may answer.
  return { includeThoughts: true, thinkingBudget: Math.max(least, Math.min(wanted, maxTokens - ANSWER_TOKENS)) }
}

function levelFor(model: string, effort: NonNullable<ModelRequest['effort']>): string {
  const version = versionOf(model)
  if (effort === 'minimal') return /-lite/.test(model) || (/-flash/.test(model) && version < 307) ? 'minimal' : 'low'
  // The first Pro has only the ends of the scale.
  return effort === 'medium' && version === 300 && /-pro/.test(model) ? 'high' : effort
}

const FAMILIES = ['flash', 'pro', 'flash-lite']

/**
 * What talks before what draws or listens, what stays before previews and names that move; then the newest, and in it
 * the general-purpose model, which every key may use.
 */
export function preferredModel(models: readonly string[]): string | undefined {
  return models.toSorted((a, b) => compareRanks(rank(a), rank(b)))[0]
}

function rank(model: string): number[] {
  const family = FAMILIES.indexOf(/(flash-lite|flash|pro)/.exec(model)?.[1] ?? '')
  return [
    NOT_FOR_CHAT.test(model) || versionOf(model) === 0 ? 1 : 0,
    /preview|exp|latest/.test(model) ? 1 : 0,
    -versionOf(model),
    family < 0 ? FAMILIES.length : family,
    model.length,
  ]
}
