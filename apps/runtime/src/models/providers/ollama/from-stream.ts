import type { Fail } from '../failures.ts'
import { faultIn } from '../faults.ts'
import { saidIn } from '../openai/delta.ts'
import type { ProviderEvent } from '../provider.ts'
import { type Frame, failureOf, type TurnReader } from '../stream-turn.ts'
import { ThinkingTags } from '../thinking-tags.ts'
import { isObject, parseToolInput } from '../tools/tool-input.ts'
import { WrittenCalls } from '../tools/written-calls.ts'

export interface ReaderOptions {
  provider: string
  fail: Fail
  fromWire(name: string): string
  /** The tools of the request, as the wire has their names. */
  offered: ReadonlySet<string>
  /** Right after a tool's result the model may have nothing to add; anywhere else silence is a failure. */
  mayBeEmpty?: boolean
}

interface Call {
  id: string
  name: string
  input: Record<string, unknown> | string
}

export function createReader({ provider, fail, fromWire, offered, mayBeEmpty = false }: ReaderOptions): TurnReader {
  const calls: Call[] = []
  const tags = new ThinkingTags()
  const written = new WrittenCalls(offered)
  const thoughts: string[] = []
  let model: string | undefined
  let spoke = false

  const readMessage = (message: Record<string, unknown>): ProviderEvent[] => {
    const events: ProviderEvent[] = []
    const { thinking, text } = saidIn(message)
    if (thinking !== '') {
      thoughts.push(thinking)
      tags.toldApart()
      events.push({ type: 'thinking', text: thinking })
    }
    if (text !== '') events.push(...written.among(tags.push(text)))
    spoke ||= thinking + text !== ''
    calls.push(...callsIn(message.tool_calls))
    return events
  }

  const finish = (frame: Frame): ProviderEvent[] => {
    const reason = stopReasonOf(frame.done_reason)
    if (reason === undefined) throw fail('retryable', 'the model was loaded, and not asked')
    const events = written.among(tags.end())
    const kept = written.end(reason === 'end_turn' && calls.length === 0)
    if (kept.text !== '') events.push({ type: 'text', text: kept.text })
    const seen = new Set<string>()
    for (const { id, name, input } of [...calls, ...kept.calls]) {
      // Cut off in the middle of its arguments: there is nothing to call.
      if (typeof input === 'string' && reason === 'max_tokens') continue
      events.push({ type: 'tool_call', id: seen.has(id) ? '' : id, name: fromWire(name), input })
      seen.add(id)
    }
    const stop_reason = events.at(-1)?.type === 'tool_call' ? 'tool_use' : reason
    if (!spoke && !mayBeEmpty && stop_reason === 'end_turn') throw fail('retryable', 'the model answered with nothing')
    events.push({
      type: 'done',
      stop_reason,
      // What was cached is not counted; where all of it was, nothing is said.
      usage: {
        input_tokens: count(frame.prompt_eval_count),
        output_tokens: count(frame.eval_count),
        ...(model ? { model } : {}),
        provider,
      },
      ...(thoughts.length > 0 ? { reasoning: thoughts.join('') } : {}),
    })
    return events
  }

  return {
    read(frame) {
      const message = isObject(frame.message) ? frame.message : undefined
      const fault = faultIn(message ? frame.error : frame)
      if (fault !== undefined) throw failureOf(fault, fail)
      if (typeof frame.model === 'string' && frame.model !== '') model ??= frame.model
      const events = message ? readMessage(message) : []
      return frame.done === true ? [...events, ...finish(frame)] : events
    },

    end(closed) {
      if (!closed || (!spoke && calls.length === 0)) throw fail('retryable', 'stream ended early')
      return finish({})
    },
  }
}

/** Each entry is a whole call. What has no name calls nothing. */
function callsIn(value: unknown): Call[] {
  const list = Array.isArray(value) ? value : isObject(value) ? [value] : []
  return list.filter(isObject).flatMap((entry) => {
    const made = isObject(entry.function) ? entry.function : entry
    const { name, arguments: given = {} } = made
    if (typeof name !== 'string' || name === '') return []
    const input = isObject(given) ? given : parseToolInput(typeof given === 'string' ? given : JSON.stringify(given))
    return [{ id: typeof entry.id === 'string' ? entry.id : '', name, input }]
  })
}

const STOP_REASON: Record<string, string> = { stop: 'end_turn', length: 'max_tokens' }

/** Undefined where the server only loaded the model, or let it go. A word that nobody knows is handed on. */
function stopReasonOf(reason: unknown): string | undefined {
  if (typeof reason !== 'string' || reason === '') return 'end_turn'
  const word = reason.toLowerCase()
  if (word === 'load' || word === 'unload') return undefined
  return Object.hasOwn(STOP_REASON, word) ? STOP_REASON[word] : word
}

function count(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0
}
