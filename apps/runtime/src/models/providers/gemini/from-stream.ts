import type { Usage } from '@loomcycle/proto'
import type { Fail } from '../failures.ts'
import { faultIn } from '../faults.ts'
import { pictureNote } from '../picture-note.ts'
import type { ProviderEvent } from '../provider.ts'
import { isKnown, stopReasonOf } from '../stop-reasons.ts'
import { failureOf, type TurnReader } from '../stream-turn.ts'
import { isObject, parseToolInput } from '../tools/tool-input.ts'
import { packReasoning, type ReasoningPart } from './reasoning.ts'
import { usageIn } from './usage.ts'

export interface ReaderOptions {
  provider: string
  fail: Fail
  fromWire(name: string): string
  /** Right after a tool's result the model may have nothing to add; anywhere else silence is a failure. */
  mayBeEmpty?: boolean
}

type Json = Record<string, unknown>
type CallPart = Extract<ReasoningPart, { type: 'call' }>

export function createReader({ provider, fail, fromWire, mayBeEmpty = false }: ReaderOptions): TurnReader {
  /** Those with a call know what is called. */
  const parts: (Exclude<ReasoningPart, CallPart> | { call: Json; marks: CallPart })[] = []
  const usage: Record<string, number> = {}
  let model: string | undefined
  let finishReason: string | undefined
  let finishMessage = ''
  let spoke = false

  const addText = (text: string, signature: { signature?: string }) => {
    const last = parts.at(-1)
    // What is signed stays a part of its own.
    const isMore = last && 'length' in last && last.signature === undefined && signature.signature === undefined
    if (isMore) last.length += text.length
    else parts.push({ type: 'text', length: text.length, ...signature })
  }

  const readPart = (part: Json): ProviderEvent[] => {
    const signature = typeof part.thoughtSignature === 'string' ? { signature: part.thoughtSignature } : {}
    if (isObject(part.functionCall)) {
      const { id } = part.functionCall
      const given = typeof id === 'string' && id !== '' ? { id } : {}
      parts.push({ call: part.functionCall, marks: { type: 'call', ...given, ...signature } })
      return []
    }
    const text = isObject(part.inlineData) ? pictureNote() : string(part.text)
    spoke ||= text !== ''
    if (part.thought === true) {
      if (signature.signature !== undefined) parts.push({ type: 'thought', text, ...signature })
      return text === '' ? [] : [{ type: 'thinking', text }]
    }
    if (text !== '' || signature.signature !== undefined) addText(text, signature)
    return text === '' ? [] : [{ type: 'text', text }]
  }

  const readCandidate = (candidate: Json): ProviderEvent[] => {
    finishReason = string(candidate.finishReason) || finishReason
    finishMessage = string(candidate.finishMessage) || finishMessage
    const said = isObject(candidate.content) ? candidate.content.parts : undefined
    return (Array.isArray(said) ? said : []).filter(isObject).flatMap(readPart)
  }

  const used = (): Usage => ({ input_tokens: 0, output_tokens: 0, ...usage, ...(model ? { model } : {}), provider })

  const finish = (): ProviderEvent[] => {
    const said = stopReasonOf(finishReason)
    if (said === undefined) throw gaveUp()
    const events: ProviderEvent[] = []
    const kept = parts.flatMap((part): ReasoningPart[] => {
      if (!('call' in part)) return [part]
      const name = string(part.call.name)
      const input = inputOf(part.call.args)
      // Cut off in the middle of its arguments: there is nothing to call.
      if (name === '' || said === 'content_filter' || (said === 'max_tokens' && typeof input === 'string')) return []
      events.push({ type: 'tool_call', id: part.marks.id ?? '', name: fromWire(name), input })
      return [part.marks]
    })
    const stop_reason = events.length > 0 ? 'tool_use' : said
    if (!spoke && !mayBeEmpty && stop_reason === 'end_turn') throw fail('retryable', 'the model answered with nothing')
    if (!spoke && !isKnown(stop_reason)) throw gaveUp()
    const reasoning = packReasoning(kept)
    events.push({
      type: 'done',
      stop_reason,
      usage: used(),
      ...(reasoning === undefined ? {} : { reasoning }),
    })
    return events
  }

  const gaveUp = () =>
    fail('retryable', `the service gave up: ${finishReason}${finishMessage === '' ? '' : ` (${finishMessage})`}`)

  return {
    get usage() {
      return used()
    },
    read(frame) {
      const candidates = Array.isArray(frame.candidates) ? frame.candidates.filter(isObject) : undefined
      const fault = faultIn(candidates ? frame.error : frame)
      if (fault !== undefined) throw failureOf(fault, fail)
      model ??= string(frame.modelVersion) || undefined
      Object.assign(usage, usageIn(frame.usageMetadata))
      const { blockReason } = isObject(frame.promptFeedback) ? frame.promptFeedback : {}
      if (typeof blockReason === 'string') throw fail('permanent', `the prompt was blocked: ${blockReason}`)
      const candidate = candidates?.find((one) => !one.index)
      return candidate ? readCandidate(candidate) : []
    },
    end() {
      if (finishReason === undefined) throw fail('retryable', 'stream ended early')
      return finish()
    },
  }
}

/** An object as it is; where something that stands in between hands on what it was told as text, that. */
function inputOf(args: unknown): Json | string {
  if (isObject(args)) return args
  if (args === undefined || args === null) return {}
  return parseToolInput(typeof args === 'string' ? args : JSON.stringify(args))
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
