import type { Quirks } from '../../../ground/config/model-services.ts'
import type { ModelRequest, ProviderCapabilities } from '../provider.ts'
import { toolInputObject } from '../tools/tool-input.ts'
import type { AssistantTurn, Turn, UserTurn } from '../turns.ts'
import { type LeftOut, stopsBeyond, unmet } from '../wishes.ts'
import { capabilities, reasons } from './models.ts'
import { type Service, takesFormat, takesOneCall, takesStrictTools } from './service.ts'

/** The kind of a service, and what is peculiar about one that the operator has added. */
export interface Dialect {
  service: Service
  quirks?: Quirks
}

type Body = Record<string, unknown>

/** Texts at which an answer ends. */
export const mostStops = 4

export function dialectCapabilities({ service, quirks }: Dialect, model: string): ProviderCapabilities {
  const usual = capabilities(service, model)
  return {
    ...usual,
    ...(quirks?.effort ? { thinking: true } : {}),
    ...(quirks?.takesPictures === undefined ? {} : { vision: quirks.takesPictures }),
  }
}

/** Models that reason are at their best there: what they thought comes back to them. */
export function speaksResponses(dialect: Dialect, model: string): boolean {
  return dialect.quirks?.api === 'responses' || reasons({ ...dialect, model })
}

export function takesTools({ quirks }: Dialect): boolean {
  return quirks?.takesTools ?? true
}

/** Mistral's models, and the templates that others serve them with, refuse somebody else right after a result. */
export function modelFollowsResults({ service, quirks }: Dialect, model: string): boolean {
  return quirks?.modelFollowsResults ?? (service === 'compatible' && ofMistral(model))
}

function ofMistral(model: string): boolean {
  return /(?:mi|mini|code|dev|magi)stral|(?:mi|pi|vo)xtral/i.test(model)
}

/** The member in which a model is shown its thinking again; undefined: it is not. */
export function reasoningMember({ service, quirks }: Dialect): string | undefined {
  return service === 'deepseek' ? 'reasoning_content' : quirks?.reasoning
}

/** How much DeepSeek's models are to think; those that can, do unless they are told not to. */
export function thinkingOf({ effort, model }: ModelRequest, { service }: Dialect): Body {
  if (service !== 'deepseek' || effort === undefined || !capabilities(service, model).thinking) return {}
  return effort === 'minimal' ? { thinking: { type: 'disabled' } } : { reasoning_effort: effort }
}

/** A request as the service takes it: its own names, and nothing that it refuses. */
export function asTaken(body: Body, { effort, tools }: ModelRequest, { quirks }: Dialect): Body {
  if (!quirks) return body
  const { omit, rename, extra, toolChoice } = quirks
  const offersTools = tools.length > 0 && quirks.takesTools
  const { tools: offered, tool_choice = toolChoice, parallel_tool_calls, ...rest } = body
  const whole: Body = {
    ...extra,
    ...rest,
    ...(offersTools
      ? {
          tools: offered,
          ...(tool_choice === undefined ? {} : { tool_choice }),
          ...(parallel_tool_calls === undefined ? {} : { parallel_tool_calls }),
        }
      : {}),
    ...(effort && quirks.effort && !quirks.api ? effortIn(quirks.effort, effort) : {}),
  }
  const kept = Object.entries(whole).filter(([name]) => !omit.includes(name))
  return Object.fromEntries(kept.map(([name, value]) => [Object.hasOwn(rename, name) ? rename[name]! : name, value]))
}

/** What of a request the service is not told. */
export function leftOut(dialect: Dialect, request: ModelRequest): LeftOut[] {
  const { service, quirks } = dialect
  const { model, format } = request
  const isResponses = speaksResponses(dialect, model)
  const isFree = !(isResponses && reasons({ service, model }))
  const isTold = (member: string, otherwise = true) => otherwise && !(quirks?.omit.includes(member) ?? false)
  const hasTools = takesTools(dialect)
  const isToldStops = isTold('stop', !isResponses)
  const unmetWishes = unmet(request, {
    tool_choice: isTold('tool_choice', hasTools),
    parallel_tool_calls: isTold('parallel_tool_calls', hasTools && takesOneCall(service)),
    strict: hasTools && takesStrictTools(service),
    response_format: isTold(isResponses ? 'text' : 'response_format', !format || takesFormat(format, service)),
    reasoning_effort: isResponses ? !isFree || quirks?.effort === 'reasoning' : quirks?.effort !== undefined,
    temperature: isTold('temperature', isFree),
    top_p: isTold('top_p', isFree),
    top_k: false,
    frequency_penalty: isTold('frequency_penalty', !isResponses),
    presence_penalty: isTold('presence_penalty', !isResponses),
    seed: isTold('seed', !isResponses),
    stop: isToldStops,
  })
  return isToldStops ? [...unmetWishes, ...stopsBeyond(request, mostStops)] : unmetWishes
}

function effortIn(member: NonNullable<Quirks['effort']>, effort: string): Body {
  return member === 'reasoning' ? { reasoning: { effort } } : { reasoning_effort: effort }
}

/** What was called before and what came of it, in words, for a service that knows no calls. */
export function withoutCalls(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => (turn.role === 'assistant' ? saidCalls(turn) : saidResults(turn)))
}

function saidCalls({ texts, calls, ...turn }: AssistantTurn): AssistantTurn {
  const said = calls.map(({ name, input }) => `[called ${name} with ${JSON.stringify(toolInputObject(input))}]`)
  return { ...turn, texts: [...texts, ...said], calls: [] }
}

function saidResults({ results, parts, ...turn }: UserTurn): UserTurn {
  const said = results.map(({ text }) => ({ type: 'text' as const, text: `[result] ${text}` }))
  return { ...turn, results: [], parts: [...said, ...parts] }
}

/** Ids as the service takes them, the same one for the same id of one request. */
export function callIds({ quirks }: Dialect): (id: string) => string {
  const length = quirks?.callIdLength
  if (length === undefined) return (id) => id
  const given = new Map<string, string>()
  const used = new Set<string>()
  return (id) => {
    let short = given.get(id)
    if (short !== undefined) return short
    short = fits(id, length) ? id : shortened(id, length)
    for (let n = 2; used.has(short); n++) short = shortened(`${id} ${n}`, length)
    given.set(id, short)
    used.add(short)
    return short
  }
}

function fits(id: string, length: number): boolean {
  return id.length === length && /^[a-zA-Z0-9]+$/.test(id)
}

/** Depends on the id alone, so that a session's requests keep the same beginning and stay cached. */
function shortened(id: string, length: number): string {
  let text = ''
  for (let round = 0; text.length < length; round++) text += hashOf(`${round}${id}`).toString(36).padStart(6, '0')
  return text.slice(0, length)
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
