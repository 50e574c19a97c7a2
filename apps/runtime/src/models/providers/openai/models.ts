import { compareRanks } from '../compare-ranks.ts'
import type { ProviderCapabilities } from '../provider.ts'
import type { Service, ServiceModel } from './service.ts'

/** 5.2 is 502; 0 for what is not called gpt. */
export function gptVersion(model: string): number {
  const [, major, minor] = /gpt-(\d+)(?:\.(\d+))?/.exec(model) ?? []
  return Number(major ?? 0) * 100 + Number(minor ?? 0)
}

/** OpenAI's own reasoning models: they refuse sampling and take an effort. */
export function reasons({ service, model }: ServiceModel): boolean {
  if (service !== 'openai') return false
  return /^o\d/.test(model) || (gptVersion(model) >= 500 && !model.includes('chat'))
}

/** What models of OpenAI take to read, the first that matches. */
const OPENAI_WINDOWS: readonly [RegExp, number][] = [
  [/gpt-3\.5/, 16_385],
  [/gpt-4-32k/, 32_768],
  [/gpt-4(-0\d{3})?$/, 8192],
  [/gpt-4\.1/, 1_047_576],
  [/gpt-5(\.\d)?-chat/, 128_000],
  [/gpt-[5-9]/, 272_000],
  [/^o1-(mini|preview)/, 128_000],
  [/^o\d/, 200_000],
]

function windowOf(service: Service, model: string): number | undefined {
  if (service === 'compatible') return undefined
  if (service === 'deepseek') return isFourth(model) ? 1_000_000 : 128_000
  return OPENAI_WINDOWS.find(([pattern]) => pattern.test(model))?.[1] ?? 128_000
}

/** DeepSeek's fourth family, and those that came after it. */
function isFourth(model: string): boolean {
  return /-flash|-pro/.test(model)
}

export function capabilities(service: Service, model: string): ProviderCapabilities {
  const contextWindow = windowOf(service, model)
  return {
    ...(contextWindow === undefined ? {} : { contextWindow }),
    thinking: thinks(service, model),
    vision: sees(service, model),
  }
}

function thinks(service: Service, model: string): boolean {
  if (service === 'openai') return reasons({ service, model })
  if (service === 'deepseek') return isFourth(model) || /reasoner|-r1/.test(model)
  return /reason|think|-r1|qwq|qwen3|gpt-oss|magistral/i.test(model)
}

function sees(service: Service, model: string): boolean {
  if (service === 'openai') return !/gpt-3|gpt-4(-\d{4}|$)|^o1-(mini|preview)|^o3-mini/.test(model)
  if (service === 'deepseek') return /-flash/.test(model)
  return /vision|-vl|vl:|llava|pixtral|gemma-?3|llama-?4|gpt-[45]|claude|gemini|mistral-(small|medium)|grok-4/i.test(
    model,
  )
}

const NOT_FOR_CHAT =
  /embed|bge-|whisper|tts|dall-e|image|audio|realtime|moderation|transcribe|search|instruct|codex|computer-use|deep-research|sora|babbage|davinci|guard|rerank/i
const VARIANTS = ['', 'mini', 'nano', 'pro']

/**
 * What talks before what draws or listens; then gpt from new to old and from full-size to small, DeepSeek's chat model,
 * and whatever the service itself lists first.
 */
export function preferredModel(models: readonly string[]): string | undefined {
  return models
    .map((model, place) => ({ model, key: [...rank(model), place] }))
    .sort((a, b) => compareRanks(a.key, b.key))[0]?.model
}

function rank(model: string): number[] {
  const version = gptVersion(model) + (model.includes('gpt-4o') ? 0.5 : 0)
  const tail = /gpt-\d+(?:\.\d+)?o?-?(.*)/.exec(model)?.[1] ?? ''
  const variant = tail.replace(/-?(\d{4}-\d{2}-\d{2}|\d{4}|latest)$/, '')
  const place = VARIANTS.indexOf(variant)
  return [
    NOT_FOR_CHAT.test(model) && !/^[\w.]+:/.test(model) ? 1 : 0,
    -version,
    version > 0 && place >= 0 ? place : VARIANTS.length,
    tail === variant ? 0 : 1,
    /^deepseek-chat$/.test(model) ? 0 : 1,
    -Number(/^o(\d)/.exec(model)?.[1] ?? 0),
  ]
}

/** DeepSeek's thinking models are at their worst where they are not shown what was thought before. */
export function withoutThinking(service: Service, model: string): string | undefined {
  if (service !== 'deepseek') return undefined
  if (model.includes('-pro')) return model.replace('-pro', '-flash')
  return /reasoner|-r1/.test(model) ? 'deepseek-chat' : undefined
}
