import type { Effort } from '@loomcycle/proto'
import type { ModelRequest } from '../provider.ts'
import { toolInputObject } from '../tools/tool-input.ts'
import type { ToolNames } from '../tools/tool-names.ts'
import { type AssistantTurn, isBlank, type Turn, toTurns, type UserPart } from '../turns.ts'
import { stopsIn, unmet, type Wish } from '../wishes.ts'
import { plainSchema } from './tool-schema.ts'

export type OllamaRequest = Record<string, unknown>

/** What is known of the model, and how it is loaded. */
export interface ModelAbilities {
  thinks: boolean
  hasLevels: boolean
  sees: boolean
  contextTokens?: number
}

export function toRequest(request: ModelRequest, names: ToolNames, model: ModelAbilities): OllamaRequest {
  const options = optionsOf(request, model)
  return {
    model: request.model,
    messages: [...systemOf(request), ...messagesOf(toTurns(request.messages, names.toWire), model)],
    stream: true,
    // Otherwise the server drops what does not fit, and of an answer that grows too long its beginning, without a word.
    truncate: false,
    shift: false,
    ...toolsOf(request, names),
    ...formatOf(request),
    ...thinkOf(request.effort, model),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  }
}

function systemOf({ system }: ModelRequest): OllamaRequest[] {
  const texts = system.map((block) => block.text).filter((text) => !isBlank(text))
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.join('\n\n') }]
}

function messagesOf(turns: readonly Turn[], model: ModelAbilities): OllamaRequest[] {
  let asked: AssistantTurn['calls'] = []
  return turns.flatMap((turn): OllamaRequest[] => {
    if (turn.role === 'user') {
      // Most templates show a result without saying whose it is: its place tells.
      const results = asked.flatMap(({ id, name }) =>
        turn.results
          .filter((result) => result.id === id)
          .map(({ text }) => ({ role: 'tool', content: text, tool_name: name, tool_call_id: id })),
      )
      return turn.parts.length === 0 ? results : [...results, userMessage(turn.parts, model)]
    }
    asked = turn.calls
    const calls = turn.calls.map(({ id, name, input }) => ({
      id,
      function: { name, arguments: toolInputObject(input) },
    }))
    return [
      {
        role: 'assistant',
        content: turn.texts.join('\n\n'),
        ...(turn.reasoning ? { thinking: turn.reasoning } : {}),
        ...(calls.length > 0 ? { tool_calls: calls } : {}),
      },
    ]
  })
}

/** Pictures stand beside the text, without a place in it. */
function userMessage(parts: readonly UserPart[], { sees }: ModelAbilities): OllamaRequest {
  const texts = parts.flatMap((part) => {
    if (part.type === 'text') return [part.text]
    return sees ? [] : ['[An image was here, which this model cannot see.]']
  })
  const images = sees ? parts.flatMap((part) => (part.type === 'text' ? [] : [part.data])) : []
  return { role: 'user', content: texts.join('\n\n'), ...(images.length > 0 ? { images } : {}) }
}

/** What of a request the server is not told. */
export function leftOut(request: ModelRequest, { thinks }: Pick<ModelAbilities, 'thinks'>): Wish[] {
  return unmet(request, {
    tool_choice: request.toolChoice === 'none',
    parallel_tool_calls: false,
    strict: false,
    reasoning_effort: thinks,
  })
}

function formatOf({ format }: ModelRequest): OllamaRequest {
  if (!format) return {}
  return { format: format.type === 'json' ? 'json' : format.schema }
}

function toolsOf({ tools, toolChoice }: ModelRequest, names: ToolNames): OllamaRequest {
  // It knows no other word for it.
  if (tools.length === 0 || toolChoice === 'none') return {}
  return {
    tools: tools.map(({ name, description, input_schema }) => ({
      type: 'function',
      function: { name: names.toWire(name), description, parameters: plainSchema(input_schema) },
    })),
  }
}

/** Left to the model where nobody says. One that has levels cannot leave it. */
function thinkOf(effort: Effort | undefined, { thinks, hasLevels }: ModelAbilities): OllamaRequest {
  if (effort === undefined || !thinks) return {}
  if (hasLevels) return { think: effort === 'minimal' ? 'low' : effort }
  return { think: effort === 'medium' || effort === 'high' }
}

function optionsOf(request: ModelRequest, { contextTokens }: ModelAbilities): OllamaRequest {
  const { maxTokens, sampling = {} } = request
  const stop = stopsIn(request)
  const options = {
    num_predict: maxTokens,
    num_ctx: contextTokens,
    temperature: sampling.temperature,
    top_p: sampling.top_p,
    top_k: sampling.top_k,
    seed: sampling.seed,
    frequency_penalty: sampling.frequency_penalty,
    presence_penalty: sampling.presence_penalty,
    stop: stop.length > 0 ? stop : undefined,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
