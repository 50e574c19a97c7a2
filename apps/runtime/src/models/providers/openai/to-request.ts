import type { ModelRequest, ToolChoice } from '../provider.ts'
import { toolInputObject } from '../tools/tool-input.ts'
import type { ToolNames } from '../tools/tool-names.ts'
import { flattenSchema } from '../tools/tool-schema.ts'
import { isBlank, type Turn, toTurns, type UserPart } from '../turns.ts'
import { stopsIn } from '../wishes.ts'
import {
  asTaken,
  callIds,
  type Dialect,
  dialectCapabilities,
  modelFollowsResults,
  mostStops,
  reasoningMember,
  takesTools,
  thinkingOf,
  withoutCalls,
} from './dialect.ts'
import { picturesInWords } from './pictures.ts'
import { unpackReasoning } from './reasoning.ts'
import { type Service, takesFormat, takesOneCall, takesStrictTools } from './service.ts'

export type OpenAiRequest = Record<string, unknown>

export function toRequest(request: ModelRequest, names: ToolNames, dialect: Dialect): OpenAiRequest {
  const { service } = dialect
  const shown: Shown = {
    vision: dialectCapabilities(dialect, request.model).vision,
    reasoning: reasoningMember(dialect),
    modelFollowsResults: modelFollowsResults(dialect, request.model),
    callId: callIds(dialect),
  }
  const turns = toTurns(request.messages, names.toWire)
  const body = {
    model: request.model,
    messages: [
      ...systemOf(request),
      ...(takesTools(dialect) ? turns : withoutCalls(turns)).flatMap((turn) => toMessages(turn, shown)),
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...toolsOf(request, names, service),
    ...formatOf(request, service),
    ...maxTokensOf(request, service),
    ...samplingOf(request),
    ...thinkingOf(request, dialect),
  }
  return asTaken(body, request, dialect)
}

const seen: OpenAiRequest = { role: 'assistant', content: 'I have seen the results.' }

/** How a service is shown what was said. */
interface Shown {
  vision: boolean
  /** The member that thinking goes back in; undefined: it does not. */
  reasoning: string | undefined
  modelFollowsResults: boolean
  callId(id: string): string
}

function systemOf({ system }: ModelRequest): OpenAiRequest[] {
  const texts = system.map((block) => block.text).filter((text) => !isBlank(text))
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.join('\n\n') }]
}

function toMessages(turn: Turn, { vision, reasoning, modelFollowsResults, callId }: Shown): OpenAiRequest[] {
  if (turn.role === 'user') {
    const results = turn.results.map(({ id, text }) => ({ role: 'tool', tool_call_id: callId(id), content: text }))
    if (turn.parts.length === 0) return results
    const between = modelFollowsResults && results.length > 0 ? [seen] : []
    return [...results, ...between, { role: 'user', content: userContent(turn.parts, vision) }]
  }
  const { thought, extras } = unpackReasoning(turn.reasoning)
  const areTheSame = extras.length === turn.calls.length
  const calls = turn.calls.map(({ id, name, input }, at) => ({
    id: callId(id),
    type: 'function',
    function: { name, arguments: JSON.stringify(toolInputObject(input)) },
    ...(areTheSame && extras[at] && { extra_content: extras[at] }),
  }))
  return [
    {
      role: 'assistant',
      content: turn.texts.length > 0 ? turn.texts.join('\n\n') : null,
      ...thoughtOf(thought, calls.length > 0, reasoning),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
  ]
}

/** DeepSeek, Moonshot and others answer 400 to calls without a thought, which other models make, and they themselves as well. */
function thoughtOf(thought: string, hasCalls: boolean, member: string | undefined): OpenAiRequest {
  if (member === undefined) return {}
  const mustBeThere = member === 'reasoning_content' && hasCalls
  return thought !== '' || mustBeThere ? { [member]: thought } : {}
}

/** A plain string where it will do: smaller services know nothing else. */
function userContent(parts: UserPart[], vision: boolean): unknown {
  const shown = vision ? parts : picturesInWords(parts)
  if (shown.every((part) => part.type === 'text')) return shown.map((part) => part.text).join('\n\n')
  return shown.map((part) =>
    part.type === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: `data:${part.media_type};base64,${part.data}` } },
  )
}

function toolsOf({ tools, toolChoice, oneCall }: ModelRequest, names: ToolNames, service: Service): OpenAiRequest {
  if (tools.length === 0) return {}
  return {
    tools: tools.map((tool) => ({
      type: 'function',
      function: {
        name: names.toWire(tool.name),
        description: tool.description,
        parameters: flattenSchema(tool.input_schema),
        ...(tool.strict && takesStrictTools(service) ? { strict: true } : {}),
      },
    })),
    ...(toolChoice ? { tool_choice: choiceOf(toolChoice, names) } : {}),
    ...(oneCall && takesOneCall(service) ? { parallel_tool_calls: false } : {}),
  }
}

function choiceOf(choice: ToolChoice, names: ToolNames): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: names.toWire(choice.name) } }
}

function formatOf({ format }: ModelRequest, service: Service): OpenAiRequest {
  if (!format || !takesFormat(format, service)) return {}
  if (format.type === 'json') return { response_format: { type: 'json_object' } }
  const { type: _, ...schema } = format
  return { response_format: { type: 'json_schema', json_schema: schema } }
}

function maxTokensOf({ maxTokens }: ModelRequest, service: Service): OpenAiRequest {
  if (maxTokens === undefined) return {}
  return service === 'openai' ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }
}

function samplingOf(request: ModelRequest): OpenAiRequest {
  const { sampling = {} } = request
  const stop = stopsIn(request).slice(0, mostStops)
  return defined({
    temperature: sampling.temperature,
    top_p: sampling.top_p,
    frequency_penalty: sampling.frequency_penalty,
    presence_penalty: sampling.presence_penalty,
    seed: sampling.seed,
    stop: stop.length > 0 ? stop : undefined,
  })
}

function defined(fields: OpenAiRequest): OpenAiRequest {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
