import { classOfStatus, type Fail } from '../failures.ts'
import type { ProviderEvent } from '../provider.ts'
import { parseFrame, type TurnReader } from '../stream-turn.ts'
import { isObject, parseToolInput } from '../tool-input.ts'
import { packReasoning, type ReasoningPart } from './reasoning.ts'

export interface ReaderOptions {
  provider: string
  fail: Fail
  fromWire(name: string): string
  /** Right after a tool's result the model may have nothing to add; anywhere else silence is a failure. */
  mayBeEmpty?: boolean
}

interface Block {
  type: string
  /** Text, thinking, arguments or data, in the pieces they came in. */
  pieces: string[]
  signature: string
  id: string
  name: string
  /** Arguments that came whole with the block's start. */
  input: unknown
}

export function createReader({ provider, fail, fromWire, mayBeEmpty = false }: ReaderOptions): TurnReader {
  const blocks = new Map<number, Block>()
  const usage = { input_tokens: 0, output_tokens: 0 }
  let model: string | undefined
  let stopReason: string | undefined

  const takeUsage = (value: unknown) => {
    if (!isObject(value)) return
    const names = ['input_tokens', 'output_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens']
    for (const name of names) if (typeof value[name] === 'number') Object.assign(usage, { [name]: value[name] })
  }

  const start = (index: number, value: Record<string, unknown>): ProviderEvent[] => {
    const block: Block = {
      type: text(value.type),
      pieces: [],
      signature: text(value.signature),
      id: text(value.id),
      name: text(value.name),
      input: value.input,
    }
    blocks.set(index, block)
    return add(block, text(value.text) || text(value.thinking) || text(value.data))
  }

  const add = (block: Block, piece: string): ProviderEvent[] => {
    if (piece === '') return []
    block.pieces.push(piece)
    return block.type === 'text' || block.type === 'thinking' ? [{ type: block.type, text: piece }] : []
  }

  const delta = (block: Block, value: Record<string, unknown>): ProviderEvent[] => {
    switch (value.type) {
      case 'text_delta':
        return add(block, text(value.text))
      case 'thinking_delta':
        return add(block, text(value.thinking))
      case 'input_json_delta':
        return add(block, text(value.partial_json))
      case 'signature_delta':
        block.signature += text(value.signature)
        return []
      default:
        return []
    }
  }

  const finish = (): ProviderEvent[] => {
    const events: ProviderEvent[] = []
    const parts: ReasoningPart[] = []
    let calls = 0
    for (const block of blocks.values()) {
      const written = block.pieces.join('')
      if (block.type === 'text') parts.push({ type: 'text', length: written.length })
      if (block.type === 'redacted_thinking') parts.push({ type: 'redacted_thinking', data: written })
      if (block.type === 'thinking' && block.signature !== '') {
        parts.push({ type: 'thinking', thinking: written, signature: block.signature })
      }
      if (block.type !== 'tool_use' || stopReason === 'refusal') continue
      const input = written === '' && isObject(block.input) ? block.input : parseToolInput(written)
      // Cut off in the middle of its arguments: there is nothing to call.
      if (typeof input === 'string' && stopReason === 'max_tokens') continue
      calls++
      parts.push({ type: 'call' })
      events.push({ type: 'tool_call', id: block.id, name: fromWire(block.name), input })
    }
    const saidSomething = [...blocks.values()].some((block) => block.pieces.length > 0) || calls > 0
    const reason = calls > 0 ? 'tool_use' : stopReason === 'tool_use' ? 'end_turn' : (stopReason ?? 'end_turn')
    if (!saidSomething && !mayBeEmpty && reason === 'end_turn')
      throw fail('retryable', 'the model answered with nothing')
    const reasoning = packReasoning(parts)
    events.push({
      type: 'done',
      stop_reason: reason,
      usage: { ...usage, ...(model ? { model } : {}), provider },
      ...(reasoning === undefined ? {} : { reasoning }),
    })
    return events
  }

  return {
    read(data) {
      const frame = parseFrame(data, fail)
      const index = typeof frame.index === 'number' ? frame.index : 0
      switch (frame.type) {
        case 'message_start': {
          const message = isObject(frame.message) ? frame.message : {}
          model = text(message.model)
          takeUsage(message.usage)
          return []
        }
        case 'content_block_start':
          return isObject(frame.content_block) ? start(index, frame.content_block) : []
        case 'content_block_delta': {
          const block = blocks.get(index)
          return block && isObject(frame.delta) ? delta(block, frame.delta) : []
        }
        case 'message_delta':
          takeUsage(frame.usage)
          if (isObject(frame.delta)) stopReason = text(frame.delta.stop_reason) || stopReason
          return []
        case 'message_stop':
          return finish()
        case 'error':
          throw streamError(frame.error, fail)
        default:
          return []
      }
    },
    end() {
      throw fail('retryable', 'stream ended early')
    },
  }
}

const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

function streamError(error: unknown, fail: Fail) {
  const type = isObject(error) ? text(error.type) : ''
  const message = (isObject(error) ? text(error.message) : '') || JSON.stringify(error) || 'an error without words'
  const status = STATUS_OF[type]
  const cause = type ? `${type}: ${message}` : message
  return fail(status === undefined ? 'retryable' : classOfStatus(status, cause), cause, status)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
