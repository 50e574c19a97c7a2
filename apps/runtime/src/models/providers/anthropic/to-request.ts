import type { ModelRequest, ToolChoice } from '../provider.ts'
import { toolInputObject } from '../tools/tool-input.ts'
import type { ToolNames } from '../tools/tool-names.ts'
import { flattenSchema } from '../tools/tool-schema.ts'
import { isBlank, type Turn, toTurns, type UserPart } from '../turns.ts'
import { type LeftOut, stopsIn, unmet } from '../wishes.ts'
import { closed } from './closed-schema.ts'
import { canThink, takesSampling, takesSchema, thinksAdaptively } from './models.ts'
import { withReasoning } from './reasoning.ts'

export type ContentBlock = { type: string; [member: string]: unknown }
export type AnthropicRequest = Record<string, unknown>

const MAX_TOKENS = 8192
const MAX_CACHE_MARKS = 4
const MIN_BUDGET = 1024

export function toRequest(request: ModelRequest, names: ToolNames): AnthropicRequest {
  const maxTokens = request.maxTokens ?? MAX_TOKENS
  const messages = toTurns(request.messages, names.toWire).map(toMessage)
  const thinking = thinkingFor(request, maxTokens, messages)
  return {
    model: request.model,
    max_tokens: maxTokens,
    stream: true,
    ...systemOf(request),
    messages,
    ...toolsOf(request, names, messages, thinking !== undefined),
    ...thinking,
    ...outputOf(request, thinking),
    ...samplingOf(request, thinking !== undefined),
  }
}

/** What of a request the service is not told. */
export function leftOut(request: ModelRequest, names: ToolNames): LeftOut[] {
  const { model, toolChoice, format, sampling = {}, effort } = request
  const messages = toTurns(request.messages, names.toWire).map(toMessage)
  const thinks = thinkingFor(request, request.maxTokens ?? MAX_TOKENS, messages) !== undefined
  const isFree = !thinks && takesSampling(model)
  const unmetWishes = unmet(request, {
    tool_choice: toolChoice === 'none' || !thinks,
    strict: false,
    response_format: format?.type === 'schema' && takesSchema(model),
    reasoning_effort: thinks || effort === 'minimal' || effort === 'low',
    temperature: isFree,
    top_p: isFree && sampling.temperature === undefined,
    top_k: isFree,
    frequency_penalty: false,
    presence_penalty: false,
    seed: false,
  })
  return stopsIn(request).some(isBlank) ? [...unmetWishes, 'blank texts of stop'] : unmetWishes
}

interface WireMessage {
  role: 'user' | 'assistant'
  content: ContentBlock[]
}

function toMessage(turn: Turn): WireMessage {
  if (turn.role === 'assistant') {
    const calls = turn.calls.map((call) => ({ ...call, input: toolInputObject(call.input) }))
    return { role: 'assistant', content: withReasoning({ ...turn, calls }) }
  }
  const results = turn.results.map(({ id, text, isError }) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: text,
    ...(isError ? { is_error: true } : {}),
  }))
  return { role: 'user', content: [...results, ...turn.parts.map(toPart)] }
}

function toPart(part: UserPart): ContentBlock {
  if (part.type === 'text') return { type: 'text', text: part.text }
  return { type: 'image', source: { type: 'base64', media_type: part.media_type, data: part.data } }
}

function systemOf({ system }: ModelRequest): AnthropicRequest {
  const blocks = system.filter((block) => !isBlank(block.text))
  if (blocks.length === 0) return {}
  // The service takes four marks; the last ones cover the longest beginnings.
  const marked = new Set(blocks.filter((block) => block.cacheable).slice(-MAX_CACHE_MARKS))
  return {
    system: blocks.map((block) => ({
      type: 'text',
      text: block.text,
      ...(marked.has(block) ? { cache_control: { type: 'ephemeral' } } : {}),
    })),
  }
}

function toolsOf(
  { tools, toolChoice, oneCall }: ModelRequest,
  names: ToolNames,
  messages: WireMessage[],
  thinks: boolean,
): AnthropicRequest {
  if (tools.length > 0) {
    return {
      ...choiceOf(toolChoice, oneCall, names, thinks),
      tools: tools.map((tool) => ({
        name: names.toWire(tool.name),
        description: tool.description,
        input_schema: flattenSchema(tool.input_schema),
      })),
    }
  }
  // A history with calls must come with tools, even when (as in a compaction) none may be called.
  const called = new Set(messages.flatMap((m) => m.content.filter((b) => b.type === 'tool_use').map((b) => b.name)))
  if (called.size === 0) return {}
  return {
    tools: [...called].map((name) => ({ name, input_schema: { type: 'object', properties: {} } })),
    tool_choice: { type: 'none' },
  }
}

/** While it thinks, a model is not made to call anything. */
function choiceOf(
  choice: ToolChoice | undefined,
  oneCall: boolean | undefined,
  names: ToolNames,
  thinks: boolean,
): AnthropicRequest {
  if (choice === 'none') return { tool_choice: { type: 'none' } }
  const only = oneCall ? { disable_parallel_tool_use: true } : {}
  if (choice === undefined || thinks) return oneCall ? { tool_choice: { type: 'auto', ...only } } : {}
  if (choice === 'required') return { tool_choice: { type: 'any', ...only } }
  return { tool_choice: { type: 'tool', name: names.toWire(choice.name), ...only } }
}

function outputOf({ model, format }: ModelRequest, thinking: AnthropicRequest | undefined): AnthropicRequest {
  if (format?.type !== 'schema' || !takesSchema(model)) return {}
  const told = (thinking?.output_config ?? {}) as object
  return { output_config: { ...told, format: { type: 'json_schema', schema: closed(format.schema) } } }
}

/** With a budget, an answer to a tool's result must follow a turn that begins with its thinking; some have none to show. */
function continuesWithoutThinking(messages: WireMessage[]): boolean {
  const asked = messages.findLast((message) => message.role === 'assistant')
  if (!asked?.content.some((block) => block.type === 'tool_use')) return false
  return !/^(redacted_)?thinking$/.test(asked.content[0]?.type ?? '')
}

function thinkingFor(
  { model, effort }: ModelRequest,
  maxTokens: number,
  messages: WireMessage[],
): AnthropicRequest | undefined {
  if ((effort !== 'medium' && effort !== 'high') || !canThink(model)) return undefined
  if (thinksAdaptively(model)) {
    return { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort } }
  }
  if (continuesWithoutThinking(messages)) return undefined
  const wanted = effort === 'high' ? 8192 : 2048
  const budget = Math.max(MIN_BUDGET, Math.min(wanted, maxTokens - MIN_BUDGET))
  return budget < maxTokens ? { thinking: { type: 'enabled', budget_tokens: budget } } : undefined
}

function samplingOf(request: ModelRequest, thinking: boolean): AnthropicRequest {
  const { model, sampling = {} } = request
  const stop = stopsIn(request).filter((one) => !isBlank(one))
  const fields: AnthropicRequest = stop.length > 0 ? { stop_sequences: stop } : {}
  if (thinking || !takesSampling(model)) return fields
  const { temperature, top_p, top_k } = sampling
  // Models since 4.1 refuse the two together, and ours go up to 2.
  if (temperature !== undefined) fields.temperature = Math.min(1, temperature)
  else if (top_p !== undefined) fields.top_p = top_p
  if (top_k !== undefined) fields.top_k = top_k
  return fields
}
