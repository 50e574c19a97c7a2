import type { ModelRequest, ToolChoice } from '../../provider.ts'
import type { ToolNames } from '../../tools/tool-names.ts'
import { flattenSchema } from '../../tools/tool-schema.ts'
import { isBlank, type Turn, toTurns, type UserPart } from '../../turns.ts'
import { asTaken, type Dialect, dialectCapabilities, takesTools, withoutCalls } from '../dialect.ts'
import { gptVersion, reasons } from '../models.ts'
import { picturesInWords } from '../pictures.ts'
import { takesStrictTools } from '../service.ts'
import { assistantItems, type Item } from './reasoning.ts'

type ResponsesRequest = Record<string, unknown>

const LEAST_TOKENS = 16

/** `summaries`: the thinking is to be told in words as well. */
export function toRequest(
  request: ModelRequest,
  names: ToolNames,
  dialect: Dialect,
  summaries: boolean,
): ResponsesRequest {
  const turns = toTurns(request.messages, names.toWire)
  const { vision } = dialectCapabilities(dialect, request.model)
  const body = {
    model: request.model,
    ...instructionsOf(request),
    input: (takesTools(dialect) ? turns : withoutCalls(turns)).flatMap((turn) => toItems(turn, vision)),
    stream: true,
    // Nothing of it is to stay with the service; what the model thought comes back sealed instead.
    store: false,
    include: ['reasoning.encrypted_content'],
    ...toolsOf(request, names, dialect),
    ...formatOf(request),
    ...(request.maxTokens === undefined ? {} : { max_output_tokens: Math.max(request.maxTokens, LEAST_TOKENS) }),
    ...reasoningOf(request, dialect, summaries),
    ...samplingOf(request, dialect),
  }
  return asTaken(body, request, dialect)
}

function instructionsOf({ system }: ModelRequest): ResponsesRequest {
  const texts = system.map((block) => block.text).filter((text) => !isBlank(text))
  return texts.length === 0 ? {} : { instructions: texts.join('\n\n') }
}

function toItems(turn: Turn, vision: boolean): Item[] {
  if (turn.role === 'assistant') return assistantItems(turn)
  const results = turn.results.map(({ id, text }) => ({ type: 'function_call_output', call_id: id, output: text }))
  if (turn.parts.length === 0) return results
  const content = (vision ? turn.parts : picturesInWords(turn.parts)).map(toContent)
  return [...results, { type: 'message', role: 'user', content }]
}

function toContent(part: UserPart): Item {
  if (part.type === 'text') return { type: 'input_text', text: part.text }
  return { type: 'input_image', detail: 'auto', image_url: `data:${part.media_type};base64,${part.data}` }
}

function toolsOf(
  { tools, toolChoice, oneCall }: ModelRequest,
  names: ToolNames,
  { service }: Dialect,
): ResponsesRequest {
  if (tools.length === 0) return {}
  return {
    tools: tools.map((tool) => ({
      type: 'function',
      name: names.toWire(tool.name),
      description: tool.description,
      parameters: flattenSchema(tool.input_schema),
      strict: tool.strict === true && takesStrictTools(service),
    })),
    ...(toolChoice ? { tool_choice: choiceOf(toolChoice, names) } : {}),
    ...(oneCall ? { parallel_tool_calls: false } : {}),
  }
}

function choiceOf(choice: ToolChoice, names: ToolNames): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', name: names.toWire(choice.name) }
}

function formatOf({ format }: ModelRequest): ResponsesRequest {
  if (!format) return {}
  if (format.type === 'json') return { text: { format: { type: 'json_object' } } }
  return { text: { format: { ...format, type: 'json_schema' } } }
}

function reasoningOf({ model, effort }: ModelRequest, dialect: Dialect, summaries: boolean): ResponsesRequest {
  const isTold = effort !== undefined && (reasons({ ...dialect, model }) || dialect.quirks?.effort === 'reasoning')
  const reasoning = {
    ...(isTold ? { effort: effortFor(model, effort) } : {}),
    ...(summaries ? { summary: 'auto' } : {}),
  }
  return Object.keys(reasoning).length === 0 ? {} : { reasoning }
}

/** Only the first gpt-5 knows `minimal`, and the largest of each think much or not at all. */
function effortFor(model: string, effort: NonNullable<ModelRequest['effort']>): string {
  const version = gptVersion(model)
  if (version > 0 && /-pro\b/.test(model)) return version === 500 || effort === 'high' ? 'high' : 'medium'
  return effort === 'minimal' && version !== 500 ? 'low' : effort
}

/** Models that reason refuse it, and nobody takes stops and seeds here. */
function samplingOf({ model, sampling = {} }: ModelRequest, dialect: Dialect): ResponsesRequest {
  if (reasons({ ...dialect, model })) return {}
  const { temperature, top_p } = sampling
  return { ...(temperature === undefined ? {} : { temperature }), ...(top_p === undefined ? {} : { top_p }) }
}
