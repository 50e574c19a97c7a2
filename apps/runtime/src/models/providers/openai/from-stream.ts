import type { Fail } from '../failures.ts'
import { faultIn } from '../faults.ts'
import type { ProviderEvent } from '../provider.ts'
import { failureOf, type TurnReader } from '../stream-turn.ts'
import { ThinkingTags } from '../thinking-tags.ts'
import { isObject } from '../tools/tool-input.ts'
import { callsIn, saidIn } from './delta.ts'
import { stopReasonOf } from './stop-reasons.ts'
import { createToolCalls } from './tool-calls.ts'

export interface ReaderOptions {
  provider: string
  fail: Fail
  fromWire(name: string): string
  /** Right after a tool's result the model may have nothing to add; anywhere else silence is a failure. */
  mayBeEmpty?: boolean
}

export function createReader({ provider, fail, fromWire, mayBeEmpty = false }: ReaderOptions): TurnReader {
  const calls = createToolCalls()
  const tags = new ThinkingTags()
  const thoughts: string[] = []
  const usage: Record<string, number> = {}
  let model: string | undefined
  let finishReason: string | undefined
  let spoke = false
  let refused = false

  const readMessage = (message: Record<string, unknown>): ProviderEvent[] => {
    const events: ProviderEvent[] = []
    const { thinking, text, refusal } = saidIn(message)
    if (thinking !== '') {
      thoughts.push(thinking)
      tags.toldApart()
      events.push({ type: 'thinking', text: thinking })
    }
    if (text !== '') for (const event of tags.push(text)) events.push(event)
    if (refusal !== '') events.push({ type: 'text', text: refusal })
    spoke ||= thinking + text + refusal !== ''
    refused ||= refusal !== ''
    for (const call of callsIn(message)) calls.add(call)
    return events
  }

  const finish = (): ProviderEvent[] => {
    const said = refused ? 'refusal' : stopReasonOf(finishReason)
    if (said === undefined) throw fail('retryable', `the service gave up: ${finishReason}`)
    const events: ProviderEvent[] = tags.end()
    let called = false
    for (const { id, name, input } of said === 'content_filter' || said === 'refusal' ? [] : calls.all()) {
      // Cut off in the middle of its arguments: there is nothing to call.
      if (typeof input === 'string' && said === 'max_tokens') continue
      called = true
      events.push({ type: 'tool_call', id, name: fromWire(name), input })
    }
    const stop_reason = called ? 'tool_use' : said === 'tool_use' ? 'end_turn' : said
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
    read(frame) {
      const choices = Array.isArray(frame.choices) ? frame.choices.filter(isObject) : undefined
      const fault = faultIn(choices ? frame.error : frame)
      if (fault !== undefined) throw failureOf(fault, fail)
      model ??= string(frame.model) || undefined
      Object.assign(usage, usageOf(frame.usage))
      const choice = choices?.find((one) => !one.index)
      if (choice === undefined) return []
      finishReason = string(choice.finish_reason) || finishReason
      const events = isObject(choice.delta) ? readMessage(choice.delta) : []
      // Whole answers come as a message; behind a stream it says everything once more.
      if (!isObject(choice.message) || spoke || calls.all().length > 0) return events
      return [...events, ...readMessage(choice.message)]
    },
    end(closed) {
      // Some services close the stream after the finish reason without the closing word, some do without the reason.
      const mayBeWhole = closed && (spoke || calls.all().length > 0)
      if (finishReason === undefined && !mayBeWhole) throw fail('retryable', 'stream ended early')
      return finish()
    },
  }
}

function usageOf(value: unknown): Record<string, number> {
  if (!isObject(value)) return {}
  const details = isObject(value.prompt_tokens_details) ? value.prompt_tokens_details : {}
  const read = details.cached_tokens ?? value.prompt_cache_hit_tokens
  const kept = details.cache_write_tokens
  const prompt = value.prompt_tokens
  const counts = {
    // This protocol counts what came from the cache among what was read.
    input_tokens: typeof prompt === 'number' ? Math.max(prompt - numberOr0(read) - numberOr0(kept), 0) : undefined,
    output_tokens: value.completion_tokens,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: kept,
  }
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  )
}

function numberOr0(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
