import type { Usage } from '@loomcycle/proto'
import type { Fail } from '../failures.ts'
import { faultIn } from '../faults.ts'
import type { ProviderEvent } from '../provider.ts'
import { type Frame, failureOf, type TurnReader } from '../stream-turn.ts'
import { ThinkingTags } from '../thinking-tags.ts'
import { isObject, parseToolInput } from '../tools/tool-input.ts'
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
  const blocks: Block[] = []
  const byIndex = new Map<unknown, Block>()
  const tags = new ThinkingTags()
  const usage = { input_tokens: 0, output_tokens: 0 }
  let model: string | undefined
  let stopReason: string | undefined
  let spoke = false

  const takeUsage = (value: unknown) => {
    if (!isObject(value)) return
    const names = ['input_tokens', 'output_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens']
    for (const name of names) if (typeof value[name] === 'number') Object.assign(usage, { [name]: value[name] })
  }

  const start = (index: unknown, value: Record<string, unknown>): ProviderEvent[] => {
    const events = endText()
    const block: Block = {
      type: text(value.type),
      pieces: [],
      signature: text(value.signature),
      id: text(value.id),
      name: text(value.name),
      input: value.input,
    }
    blocks.push(block)
    byIndex.set(index, block)
    return [...events, ...add(block, text(value.text) || text(value.thinking) || text(value.data))]
  }

  const add = (block: Block, piece: string): ProviderEvent[] => {
    if (piece === '') return []
    spoke = true
    if (block.type === 'text') return say(block, tags.push(piece))
    block.pieces.push(piece)
    if (block.type !== 'thinking') return []
    tags.toldApart()
    return [{ type: 'thinking', text: piece }]
  }

  /** A block's own text is what is left of it without the thinking. */
  const say = (block: Block, events: ReturnType<ThinkingTags['push']>): ProviderEvent[] => {
    for (const event of events) {
      if (event.type === 'text') block.pieces.push(event.text)
      if (event.type === 'text_was_thinking') for (const one of blocks) if (one.type === 'text') one.pieces = []
    }
    return events
  }

  const endText = (): ProviderEvent[] => {
    const block = blocks.at(-1)
    return block?.type === 'text' ? say(block, tags.end()) : []
  }

  const delta = (block: Block, value: Record<string, unknown>): ProviderEvent[] => {
    switch (value.type) {
      case 'text_delta':
        return add(block, text(value.text))
      case 'thinking_delta':
        return add(block, text(value.thinking))
      case 'input_json_delta':
        return add(block, isObject(value.partial_json) ? JSON.stringify(value.partial_json) : text(value.partial_json))
      case 'signature_delta':
        block.signature += text(value.signature)
        return []
      default:
        return []
    }
  }

  const takeMessage = (message: Record<string, unknown>) => {
    model = text(message.model) || model
    stopReason = text(message.stop_reason) || stopReason
    takeUsage(message.usage)
  }

  /** What filled the window is cut off like what filled the answer. */
  const isCut = () => stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded'

  const used = (): Usage => ({ ...usage, ...(model ? { model } : {}), provider })

  const finish = (): ProviderEvent[] => {
    const events = endText()
    const parts: ReasoningPart[] = []
    let calls = 0
    for (const block of blocks) {
      const written = block.pieces.join('')
      if (block.type === 'text') parts.push({ type: 'text', length: written.length })
      if (block.type === 'redacted_thinking') parts.push({ type: 'redacted_thinking', data: written })
      if (block.type === 'thinking' && block.signature !== '') {
        parts.push({ type: 'thinking', thinking: written, signature: block.signature })
      }
      if (block.type !== 'tool_use' || block.name === '' || stopReason === 'refusal') continue
      const input = written === '' && isObject(block.input) ? block.input : parseToolInput(written)
      // Cut off in the middle of its arguments: there is nothing to call.
      if (typeof input === 'string' && isCut()) continue
      calls++
      parts.push({ type: 'call' })
      events.push({ type: 'tool_call', id: block.id, name: fromWire(block.name), input })
    }
    const said = isCut() ? 'max_tokens' : (stopReason ?? 'end_turn')
    const reason = calls > 0 ? 'tool_use' : said === 'tool_use' ? 'end_turn' : said
    if (!spoke && calls === 0 && !mayBeEmpty && reason === 'end_turn') {
      throw fail('retryable', 'the model answered with nothing')
    }
    const reasoning = packReasoning(parts)
    events.push({
      type: 'done',
      stop_reason: reason,
      usage: used(),
      ...(reasoning === undefined ? {} : { reasoning }),
    })
    return events
  }

  return {
    get usage() {
      return used()
    },
    read(frame) {
      switch (frame.type) {
        case 'message_start':
          if (isObject(frame.message)) takeMessage(frame.message)
          return []
        case 'content_block_start':
          return isObject(frame.content_block) ? start(frame.index, frame.content_block) : []
        case 'content_block_delta': {
          const block = frame.index === undefined ? blocks.at(-1) : byIndex.get(frame.index)
          return block && isObject(frame.delta) ? delta(block, frame.delta) : []
        }
        case 'message_delta':
          takeUsage(frame.usage)
          if (isObject(frame.delta)) stopReason = text(frame.delta.stop_reason) || stopReason
          return []
        case 'message':
          takeMessage(frame)
          return readContent(frame)
        case 'message_stop':
          return finish()
        default: {
          const fault = frame.type === 'error' || typeof frame.type !== 'string' ? faultIn(frame) : undefined
          if (fault !== undefined) throw failureOf(fault, fail)
          return []
        }
      }
    },
    end(closed) {
      // Some services close the stream without the closing word.
      if (stopReason === undefined && !(closed && spoke)) throw fail('retryable', 'stream ended early')
      return finish()
    },
  }

  /** A whole answer, which was not streamed. */
  function readContent({ content }: Frame): ProviderEvent[] {
    if (typeof content === 'string') return start(undefined, { type: 'text', text: content })
    return (Array.isArray(content) ? content : []).filter(isObject).flatMap((block) => start(undefined, block))
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
