import type { Usage } from '@loomcycle/proto'
import type { Fail } from '../failures.ts'
import { faultIn } from '../faults.ts'
import type { ProviderEvent } from '../provider.ts'
import { isKnown, stopReasonOf } from '../stop-reasons.ts'
import { failureOf, type TurnReader } from '../stream-turn.ts'
import { ThinkingTags } from '../thinking-tags.ts'
import { isObject } from '../tools/tool-input.ts'
import { WrittenCalls } from '../tools/written-calls.ts'
import { callsIn, saidIn } from './delta.ts'
import { createToolCalls } from './tool-calls.ts'
import { usageIn } from './usage.ts'

export interface ReaderOptions {
  provider: string
  fail: Fail
  fromWire(name: string): string
  /** The tools of the request, where the model may write its calls as text. */
  offered?: ReadonlySet<string>
  /** Right after a tool's result the model may have nothing to add; anywhere else silence is a failure. */
  mayBeEmpty?: boolean
  /** Of what the service says that an answer costs. */
  costCurrency?: string | undefined
}

export function createReader(options: ReaderOptions): TurnReader {
  const { provider, fail, fromWire, offered = new Set(), mayBeEmpty = false, costCurrency } = options
  const calls = createToolCalls()
  const written = new WrittenCalls(offered)
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
    if (text !== '') events.push(...written.among(tags.push(text)))
    if (refusal !== '') events.push({ type: 'text', text: refusal })
    spoke ||= thinking + text + refusal !== ''
    refused ||= refusal !== ''
    for (const call of callsIn(message)) calls.add(call)
    return events
  }

  const used = (): Usage => {
    const { provider_reported_cost, ...tokens } = usage
    // What it is in is for the operator to know.
    const cost =
      costCurrency === undefined || provider_reported_cost === undefined
        ? {}
        : { provider_reported_cost, provider_cost_currency: costCurrency }
    return { input_tokens: 0, output_tokens: 0, ...tokens, ...cost, ...(model ? { model } : {}), provider }
  }

  const finish = (): ProviderEvent[] => {
    const said = refused ? 'refusal' : stopReasonOf(finishReason)
    if (said === undefined) throw fail('retryable', `the service gave up: ${finishReason}`)
    const events = written.among(tags.end())
    const made = said === 'content_filter' || said === 'refusal' ? [] : calls.all()
    const kept = written.end(said === 'end_turn' && made.length === 0)
    if (kept.text !== '') events.push({ type: 'text', text: kept.text })
    let called = false
    for (const { id, name, input } of [...made, ...kept.calls]) {
      // Cut off in the middle of its arguments: there is nothing to call.
      if (typeof input === 'string' && said === 'max_tokens') continue
      called = true
      events.push({ type: 'tool_call', id, name: fromWire(name), input })
    }
    const stop_reason = called ? 'tool_use' : said === 'tool_use' ? 'end_turn' : said
    if (!spoke && !mayBeEmpty && stop_reason === 'end_turn') throw fail('retryable', 'the model answered with nothing')
    if (!spoke && !isKnown(stop_reason)) throw fail('retryable', `the service gave up: ${finishReason}`)
    events.push({
      type: 'done',
      stop_reason,
      usage: used(),
      ...(thoughts.length > 0 ? { reasoning: thoughts.join('') } : {}),
    })
    return events
  }

  return {
    get usage() {
      return used()
    },
    read(frame) {
      const choices = Array.isArray(frame.choices) ? frame.choices.filter(isObject) : undefined
      const fault = faultIn(choices ? frame.error : frame)
      if (fault !== undefined) throw failureOf(fault, fail)
      model ??= string(frame.model) || undefined
      const choice = choices?.find((one) => !one.index)
      const faultOfChoice = faultIn(choice?.error)
      if (faultOfChoice !== undefined) throw failureOf(faultOfChoice, fail)
      Object.assign(usage, usageIn(frame, choice))
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

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
