import { faultIn } from '../../faults.ts'
import type { ProviderEvent } from '../../provider.ts'
import { stopReasonOf } from '../../stop-reasons.ts'
import { failureOf, type TurnReader } from '../../stream-turn.ts'
import { isObject, parseToolInput } from '../../tools/tool-input.ts'
import type { ReaderOptions } from '../from-stream.ts'
import { packReasoning, type ReasoningPart } from './reasoning.ts'
import { usageIn } from './usage.ts'

type Json = Record<string, unknown>

/** One thing that the model makes: a thought, a message, a call. */
interface Output {
  item: Json
  /** Of a message what was said, of a call its arguments, in the pieces they came in. */
  pieces: string[]
  thoughts: number
}

/** Reads the events of OpenAI’s Responses. */
export function createReader({ provider, fail, fromWire, mayBeEmpty = false }: ReaderOptions): TurnReader {
  const outputs = new Map<unknown, Output>()
  let spoke = false
  let refused = false

  const outputAt = (index: unknown, item: Json = {}): Output => {
    let output = outputs.get(index)
    if (output === undefined) {
      output = { item, pieces: [], thoughts: 0 }
      outputs.set(index, output)
    }
    return output
  }

  const say = (output: Output, text: string): ProviderEvent[] => {
    if (text === '') return []
    spoke = true
    output.pieces.push(text)
    return [{ type: 'text', text }]
  }

  const think = (output: Output, text: string): ProviderEvent[] => {
    if (text === '') return []
    spoke = true
    output.thoughts += text.length
    return [{ type: 'thinking', text }]
  }

  /** The item as it is in the end, with what had not been told of it piece by piece. */
  const close = (index: unknown, item: Json): ProviderEvent[] => {
    const output = outputAt(index, item)
    output.item = item
    if (item.type === 'reasoning') return output.thoughts > 0 ? [] : think(output, thoughtsIn(item).join('\n\n'))
    if (item.type !== 'message' || output.pieces.length > 0) return []
    const content = listOf(item.content)
    refused ||= content.some((part) => part.type === 'refusal')
    return say(output, content.map((part) => string(part.text) || string(part.refusal)).join(''))
  }

  const finish = (response: Json): ProviderEvent[] => {
    const events = listOf(response.output).flatMap((item, index) => close(index, item))
    const { reason } = isObject(response.incomplete_details) ? response.incomplete_details : {}
    const told = response.status === 'incomplete' ? stopReasonOf(string(reason) || 'incomplete') : 'end_turn'
    if (told === undefined) throw fail('retryable', `the service gave up: ${reason}`)
    const said = refused ? 'refusal' : told
    const parts: ReasoningPart[] = []
    let called = false
    for (const { item, pieces } of outputs.values()) {
      const phase = typeof item.phase === 'string' ? { phase: item.phase } : {}
      if (item.type === 'message') parts.push({ type: 'text', length: pieces.join('').length, ...phase })
      if (item.type === 'reasoning') parts.push(...sealed(item))
      if (item.type !== 'function_call' || string(item.name) === '') continue
      const input = parseToolInput(string(item.arguments) || pieces.join(''))
      // Cut off in the middle of its arguments: there is nothing to call.
      const isCut = said === 'max_tokens' && typeof input === 'string'
      if (isCut || said === 'content_filter' || said === 'refusal') continue
      called = true
      parts.push({ type: 'call' })
      events.push({ type: 'tool_call', id: string(item.call_id), name: fromWire(string(item.name)), input })
    }
    const stop_reason = called ? 'tool_use' : said
    if (!spoke && !mayBeEmpty && stop_reason === 'end_turn') throw fail('retryable', 'the model answered with nothing')
    const reasoning = packReasoning(parts)
    const model = string(response.model)
    events.push({
      type: 'done',
      stop_reason,
      usage: { input_tokens: 0, output_tokens: 0, ...usageIn(response.usage), ...(model ? { model } : {}), provider },
      ...(reasoning === undefined ? {} : { reasoning }),
    })
    return events
  }

  return {
    read(frame) {
      const output = () => outputAt(frame.output_index)
      switch (frame.type) {
        case 'response.output_item.added':
          outputAt(frame.output_index).item = isObject(frame.item) ? frame.item : {}
          return []
        case 'response.output_text.delta':
          return say(output(), string(frame.delta))
        case 'response.refusal.delta':
          refused = true
          return say(output(), string(frame.delta))
        case 'response.reasoning_summary_part.added':
          return output().thoughts > 0 ? think(output(), '\n\n') : []
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
          return think(output(), string(frame.delta))
        case 'response.function_call_arguments.delta':
          output().pieces.push(string(frame.delta))
          return []
        case 'response.output_item.done':
          return isObject(frame.item) ? close(frame.output_index, frame.item) : []
        case 'response.completed':
        case 'response.incomplete':
          return isObject(frame.response) ? finish(frame.response) : []
        case 'response.failed':
        case 'response.cancelled': {
          const error = isObject(frame.response) ? faultIn({ error: frame.response.error }) : undefined
          throw failureOf(error ?? { cause: `the service gave up: ${frame.type}` }, fail)
        }
      }
      if (frame.object === 'response') return finish(frame)
      const fault = frame.type === 'error' || typeof frame.type !== 'string' ? faultIn(frame) : undefined
      if (fault !== undefined) throw failureOf(fault, fail)
      return []
    },
    end() {
      throw fail('retryable', 'stream ended early')
    },
  }
}

/** What can be shown again: it is sealed, or it is nothing to the service. */
function sealed(item: Json): ReasoningPart[] {
  const encrypted = string(item.encrypted_content)
  if (encrypted === '') return []
  return [
    {
      type: 'reasoning',
      id: string(item.id),
      summary: listOf(item.summary).map(({ text }) => string(text)),
      encrypted,
    },
  ]
}

function thoughtsIn(item: Json): string[] {
  return [...listOf(item.summary), ...listOf(item.content)]
    .map(({ text }) => string(text))
    .filter((text) => text !== '')
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
