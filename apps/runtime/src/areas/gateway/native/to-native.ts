import { type LLMChatAnswer, type LLMChatUsage, type LLMStopReason, llmStopReasons, type Usage } from '@loomcycle/proto'
import type { ChatEvent } from '../chat.ts'
import type { ChatAnswer } from '../whole-chat.ts'

type Block = LLMChatAnswer['content'][number]

export function nativeAnswer(answer: ChatAnswer): LLMChatAnswer {
  const { id, provider, model, text, reasoning, calls, usage, warnings } = answer
  return {
    id: answerId(id),
    request_id: id,
    provider,
    model,
    content: [...(text === '' ? [] : [textBlock(text)]), ...calls.map((call, at) => callBlock(call, id, at))],
    ...(reasoning !== '' && { reasoning }),
    stop_reason: stopReason(answer.stopReason),
    usage: usageOf(usage),
    ...(warnings.length > 0 && { warnings: [...warnings] }),
  }
}

/** A named event and its data. */
export interface NativeFrame {
  event: string
  data: object
}

/** An answer as events, each block of it between its start and its stop. */
export class FrameWriter {
  #id = ''
  /** Of the next block. */
  #index = 0
  #inText = false
  #calls = 0

  framesOf(event: ChatEvent): NativeFrame[] {
    switch (event.type) {
      case 'begun': {
        const { id, provider, model, warnings } = event
        this.#id = id
        const data = { provider, model, request_id: id, ...(warnings.length > 0 && { warnings }) }
        return [{ event: 'provider_chosen', data }]
      }
      case 'thinking':
        return [{ event: 'reasoning', data: { text: event.text } }]
      case 'text': {
        const begun = this.#inText ? [] : [this.#start(textBlock(''))]
        this.#inText = true
        const delta = { type: 'text_delta', text: event.text }
        return [...begun, { event: 'content_block_delta', data: { index: this.#index, delta } }]
      }
      case 'text_was_thinking':
        return []
      case 'tool_call':
        return [...this.#endText(), this.#start(callBlock(event, this.#id, this.#calls++)), this.#stop()]
      case 'done': {
        const stop_reason = stopReason(event.stop_reason)
        const usage = usageOf(event.usage)
        return [
          ...this.#endText(),
          { event: 'message_delta', data: { delta: { stop_reason }, usage } },
          { event: 'done', data: { id: answerId(this.#id), stop_reason, usage } },
        ]
      }
    }
  }

  #start(block: Block): NativeFrame {
    return { event: 'content_block_start', data: { index: this.#index, block } }
  }

  #stop(): NativeFrame {
    return { event: 'content_block_stop', data: { index: this.#index++ } }
  }

  #endText(): NativeFrame[] {
    if (!this.#inText) return []
    this.#inText = false
    return [this.#stop()]
  }
}

function answerId(requestId: string): string {
  return requestId.replace(/^req_/, 'llm_')
}

function textBlock(text: string): Block {
  return { type: 'text', text }
}

function callBlock({ id, name, input }: ChatAnswer['calls'][number], answerId: string, at: number): Block {
  return { type: 'tool_use', id: id || `call_${answerId}_${at}`, name, input }
}

function stopReason(reason: string): LLMStopReason {
  return llmStopReasons.find((known) => known === reason) ?? 'end_turn'
}

function usageOf({
  input_tokens,
  output_tokens,
  cache_creation_input_tokens: kept,
  cache_read_input_tokens: read,
}: Usage): LLMChatUsage {
  return {
    input_tokens,
    output_tokens,
    ...(kept !== undefined && { cache_creation_input_tokens: kept }),
    ...(read !== undefined && { cache_read_input_tokens: read }),
  }
}
