import { classOfStatus, type Fail } from '../failures.ts'
import type { ProviderEvent } from '../provider.ts'
import { parseFrame, type TurnReader } from '../stream-turn.ts'
import { isObject } from '../tool-input.ts'
import { createToolCalls } from './tool-calls.ts'

export interface ReaderOptions {
  provider: string
  fail: Fail
  fromWire(name: string): string
  /** Right after a tool's result the model may have nothing to add; anywhere else silence is a failure. */
  mayBeEmpty?: boolean
}

const STOP_REASON: Record<string, string> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
}

export function createReader({ provider, fail, fromWire, mayBeEmpty = false }: ReaderOptions): TurnReader {
  const calls = createToolCalls()
  const thoughts: string[] = []
  const usage: Record<string, number> = {}
  let model: string | undefined
  let finishReason: string | undefined
  let spoke = false
  let refused = false

  const readDelta = (delta: Record<string, unknown>): ProviderEvent[] => {
    const events: ProviderEvent[] = []
    const thought = string(delta.reasoning_content) || string(delta.reasoning)
    if (thought !== '') {
      thoughts.push(thought)
      events.push({ type: 'thinking', text: thought })
    }
    for (const text of [string(delta.content), string(delta.refusal)]) {
      if (text !== '') events.push({ type: 'text', text })
    }
    spoke ||= events.length > 0
    refused ||= string(delta.refusal) !== ''
    calls.add(delta.tool_calls)
    return events
  }

  const finish = (): ProviderEvent[] => {
    if (finishReason === 'insufficient_system_resource' || finishReason === 'error') {
      throw fail('retryable', `the service gave up: ${finishReason}`)
    }
    const events: ProviderEvent[] = []
    const said = refused ? 'refusal' : (STOP_REASON[finishReason ?? 'stop'] ?? finishReason ?? 'end_turn')
    for (const { id, name, input } of said === 'content_filter' || said === 'refusal' ? [] : calls.all()) {
      // Cut off in the middle of its arguments: there is nothing to call.
      if (typeof input === 'string' && said === 'max_tokens') continue
      events.push({ type: 'tool_call', id, name: fromWire(name), input })
    }
    const stop_reason = events.length > 0 ? 'tool_use' : said === 'tool_use' ? 'end_turn' : said
    if (!spoke && !mayBeEmpty && stop_reason === 'end_turn') throw fail('retryable', 'the model answered with nothing')
    events.push({
      type: 'done',
      stop_reason,
      usage: { input_tokens: 0, output_tokens: 0, ...usage, ...(model ? { model } : {}), provider },
      ...(thoughts.length > 0 ? { reasoning: thoughts.join('') } : {}),
    })
    return events
  }

  return {
    read(data) {
      if (data.trim() === '[DONE]') {
        if (finishReason === undefined && !spoke && calls.all().length === 0)
          throw fail('retryable', 'stream ended early')
        return finish()
      }
      const frame = parseFrame(data, fail)
      if (frame.error !== undefined && frame.error !== null) throw streamError(frame.error, fail)
      model ??= string(frame.model) || undefined
      Object.assign(usage, usageOf(frame.usage))
      const choice = Array.isArray(frame.choices) ? frame.choices.find((one) => isObject(one) && !one.index) : undefined
      if (!isObject(choice)) return []
      finishReason = string(choice.finish_reason) || finishReason
      return isObject(choice.delta) ? readDelta(choice.delta) : []
    },
    end() {
      // Some services close the stream after the finish reason, without the closing word.
      if (finishReason === undefined) throw fail('retryable', 'stream ended early')
      return finish()
    },
  }
}

function usageOf(value: unknown): Record<string, number> {
  if (!isObject(value)) return {}
  const details = isObject(value.prompt_tokens_details) ? value.prompt_tokens_details : {}
  const counts = {
    input_tokens: value.prompt_tokens,
    output_tokens: value.completion_tokens,
    cache_read_input_tokens: details.cached_tokens ?? value.prompt_cache_hit_tokens,
  }
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  )
}

const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  insufficient_quota: 429,
  rate_limit_exceeded: 429,
  server_error: 500,
}

/** `{ message, type, code }`, where the code may be an HTTP status, a word, or missing; Ollama sends the bare words. */
function streamError(error: unknown, fail: Fail) {
  const { message, type, code } = isObject(error) ? error : { message: error }
  const cause = string(message) || JSON.stringify(error)
  const given = Number(code)
  const status = given >= 400 && given < 600 ? given : (STATUS_OF[string(code)] ?? STATUS_OF[string(type)])
  return fail(status === undefined ? 'retryable' : classOfStatus(status, cause), cause, status)
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
