import type { ModelRequest } from '../provider.ts'
import { toolInputObject } from '../tools/tool-input.ts'
import type { ToolNames } from '../tools/tool-names.ts'
import { flattenSchema } from '../tools/tool-schema.ts'
import { isBlank, type Turn, toTurns, type UserPart } from '../turns.ts'
import { capabilities, gptVersion, reasons } from './models.ts'
import type { Service } from './service.ts'

export type OpenAiRequest = Record<string, unknown>

const MAX_STOPS = 4

export function toRequest(request: ModelRequest, names: ToolNames, service: Service): OpenAiRequest {
  const { vision } = capabilities(service, request.model)
  return {
    model: request.model,
    messages: [
      ...systemOf(request),
      ...toTurns(request.messages, names.toWire).flatMap((turn) => toMessages(turn, service, vision)),
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...toolsOf(request, names),
    ...maxTokensOf(request, service),
    ...effortOf(request, service),
    ...samplingOf(request, service),
  }
}

function systemOf({ system }: ModelRequest): OpenAiRequest[] {
  const texts = system.map((block) => block.text).filter((text) => !isBlank(text))
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.join('\n\n') }]
}

function toMessages(turn: Turn, service: Service, vision: boolean): OpenAiRequest[] {
  if (turn.role === 'user') {
    const results = turn.results.map(({ id, text }) => ({ role: 'tool', tool_call_id: id, content: text }))
    return turn.parts.length === 0 ? results : [...results, { role: 'user', content: userContent(turn.parts, vision) }]
  }
  const calls = turn.calls.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(toolInputObject(input)) },
  }))
  return [
    {
      role: 'assistant',
      content: turn.texts.length > 0 ? turn.texts.join('\n\n') : null,
      // DeepSeek's thinking models answer 400 to a call that comes back without the thought behind it.
      ...(service === 'deepseek' && turn.reasoning ? { reasoning_content: turn.reasoning } : {}),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
  ]
}

/** A plain string where it will do: smaller services know nothing else. */
function userContent(parts: UserPart[], vision: boolean): unknown {
  const shown = parts.map((part): UserPart => {
    if (part.type === 'text' || vision) return part
    return { type: 'text', text: '[An image was here, which this model cannot see.]' }
  })
  if (shown.every((part) => part.type === 'text')) return shown.map((part) => part.text).join('\n\n')
  return shown.map((part) =>
    part.type === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: `data:${part.media_type};base64,${part.data}` } },
  )
}

function toolsOf({ tools }: ModelRequest, names: ToolNames): OpenAiRequest {
  if (tools.length === 0) return {}
  return {
    tools: tools.map((tool) => ({
      type: 'function',
      function: {
        name: names.toWire(tool.name),
        description: tool.description,
        parameters: flattenSchema(tool.input_schema),
      },
    })),
  }
}

function maxTokensOf({ maxTokens }: ModelRequest, service: Service): OpenAiRequest {
  if (maxTokens === undefined) return {}
  return service === 'openai' ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }
}

function effortOf({ model, effort, tools }: ModelRequest, service: Service): OpenAiRequest {
  if (!reasons({ service, model })) return {}
  const version = gptVersion(model)
  // gpt-5.2 and later refuse an effort next to tools on this endpoint; from 5.6 on they refuse even their own default.
  if (tools.length > 0 && version >= 502) return version >= 506 ? { reasoning_effort: 'none' } : {}
  if (effort === undefined) return {}
  // Only the first gpt-5 knows `minimal`.
  return { reasoning_effort: effort === 'minimal' && version !== 500 ? 'low' : effort }
}

function samplingOf({ model, sampling = {} }: ModelRequest, service: Service): OpenAiRequest {
  if (reasons({ service, model })) return defined({ seed: sampling.seed })
  const stop = sampling.stop?.filter((one) => one !== '').slice(0, MAX_STOPS) ?? []
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
