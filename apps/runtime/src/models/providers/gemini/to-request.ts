import type { ModelRequest, ToolChoice } from '../provider.ts'
import type { ToolNames } from '../tools/tool-names.ts'
import { type AssistantTurn, isBlank, type Turn, toTurns, type UserPart, type UserTurn } from '../turns.ts'
import { type LeftOut, stopsBeyond, stopsIn, unmet } from '../wishes.ts'
import { isThirdFamily, takesInstruction, takesPenalties, thinkingFor } from './models.ts'
import { modelParts, type Part } from './reasoning.ts'
import { geminiSchema } from './schema.ts'

export type GeminiRequest = Record<string, unknown>

interface Content {
  role: 'user' | 'model'
  parts: Part[]
}

const MAX_STOPS = 5
const MAX_TOP_K = 64

export function toRequest(request: ModelRequest, names: ToolNames): GeminiRequest {
  const instruction = request.system.filter(({ text }) => !isBlank(text)).map(({ text }): Part => ({ text }))
  const contents = toContents(toTurns(request.messages, names.toWire), isThirdFamily(request.model))
  const isApart = takesInstruction(request.model)
  if (!isApart) contents[0]?.parts.unshift(...instruction)
  return {
    ...(isApart && instruction.length > 0 ? { systemInstruction: { parts: instruction } } : {}),
    contents,
    ...toolsOf(request, names),
    ...generationOf(request),
  }
}

function toContents(turns: readonly Turn[], mustSign: boolean): Content[] {
  let asked: { turn: AssistantTurn; parts: Part[] } | undefined
  return turns.map((turn): Content => {
    if (turn.role === 'user') return { role: 'user', parts: [...resultsOf(turn, asked), ...turn.parts.map(toPart)] }
    asked = { turn, parts: modelParts(turn, mustSign) }
    return { role: 'model', parts: asked.parts }
  })
}

/** Results are told apart by the names of their calls, and those of one name by their order. */
function resultsOf({ results }: UserTurn, asked: { turn: AssistantTurn; parts: Part[] } | undefined): Part[] {
  if (asked === undefined) return []
  const calls = asked.parts.flatMap((part) => (part.functionCall ? [part.functionCall as { id?: string }] : []))
  return asked.turn.calls.flatMap(({ id, name }, at) => {
    const result = results.find((one) => one.id === id)
    if (result === undefined) return []
    const response = result.isError ? { error: result.text } : { content: result.text }
    const given = calls[at]?.id
    return [{ functionResponse: { ...(given === undefined ? {} : { id: given }), name, response } }]
  })
}

function toPart(part: UserPart): Part {
  return part.type === 'text' ? { text: part.text } : { inlineData: { mimeType: part.media_type, data: part.data } }
}

/** What of a request the service is not told. */
export function leftOut(request: ModelRequest): LeftOut[] {
  const { model, effort } = request
  const unmetWishes = unmet(request, {
    parallel_tool_calls: false,
    strict: false,
    response_format: takesFormat(request),
    reasoning_effort: effort !== undefined && thinkingFor(request) !== undefined,
    frequency_penalty: takesPenalties(model),
    presence_penalty: takesPenalties(model),
  })
  return [...unmetWishes, ...stopsBeyond(request, MAX_STOPS)]
}

/** Those before the third family answer in JSON or call tools, and do not take both. */
function takesFormat({ model, tools }: ModelRequest): boolean {
  return tools.length === 0 || isThirdFamily(model)
}

function formatOf(request: ModelRequest): GeminiRequest {
  const { format } = request
  if (!format || !takesFormat(request)) return {}
  return {
    responseMimeType: 'application/json',
    ...(format.type === 'schema' ? { responseSchema: geminiSchema(format.schema) } : {}),
  }
}

function choiceOf(choice: ToolChoice | undefined, names: ToolNames): GeminiRequest {
  if (choice === undefined) return {}
  const mode = choice === 'none' ? 'NONE' : 'ANY'
  const only = typeof choice === 'string' ? {} : { allowedFunctionNames: [names.toWire(choice.name)] }
  return { toolConfig: { functionCallingConfig: { mode, ...only } } }
}

function toolsOf({ tools, toolChoice }: ModelRequest, names: ToolNames): GeminiRequest {
  if (tools.length === 0) return {}
  const functionDeclarations = tools.map(({ name, description, input_schema }) => {
    const parameters = geminiSchema(input_schema)
    return { name: names.toWire(name), description, ...(parameters ? { parameters } : {}) }
  })
  return { tools: [{ functionDeclarations }], ...choiceOf(toolChoice, names) }
}

function generationOf(request: ModelRequest): GeminiRequest {
  const { model, maxTokens, sampling = {} } = request
  const stop = stopsIn(request).slice(0, MAX_STOPS)
  const generationConfig = {
    maxOutputTokens: maxTokens,
    temperature: sampling.temperature,
    topP: sampling.top_p,
    topK: sampling.top_k === undefined ? undefined : Math.min(sampling.top_k, MAX_TOP_K),
    // It takes 32 bits.
    seed: sampling.seed === undefined ? undefined : sampling.seed | 0,
    stopSequences: stop.length > 0 ? stop : undefined,
    ...formatOf(request),
    ...(takesPenalties(model)
      ? { frequencyPenalty: sampling.frequency_penalty, presencePenalty: sampling.presence_penalty }
      : {}),
    thinkingConfig: thinkingFor(request),
  }
  return Object.values(generationConfig).some((value) => value !== undefined) ? { generationConfig } : {}
}
