import type { ChatCompletion, ChatCompletionChunk, Usage } from '@loomcycle/proto'
import type { ChatEvent } from '../chat.ts'
import type { ChatAnswer } from '../whole-chat.ts'

/** A whole answer as a chat completion. */
export function completionOf(answer: ChatAnswer, created: number): ChatCompletion {
  const { text, reasoning, calls, warnings } = answer
  const message = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls.map((call, at) => ({ ...toCall(call, answer.id, at) })) }),
  }
  return {
    ...headOf(answer, created),
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(answer.stopReason) }],
    usage: usageOf(answer.usage),
    ...(warnings.length > 0 && { warnings: [...warnings] }),
  }
}

type Call = ChatAnswer['calls'][number]
type Choice = ChatCompletionChunk['choices'][number]

/** An answer in the chunks of a stream. `withUsage`: in a chunk of its own, and a place for it in all others. */
export class ChunkWriter {
  readonly #created: number
  readonly #withUsage: boolean
  #head: ReturnType<typeof headOf> | undefined
  #id = ''
  #calls = 0

  constructor(created: number, withUsage: boolean) {
    this.#created = created
    this.#withUsage = withUsage
  }

  chunksOf(event: ChatEvent): ChatCompletionChunk[] {
    switch (event.type) {
      case 'begun': {
        this.#head = headOf(event, this.#created)
        this.#id = event.id
        const { warnings } = event
        return [
          {
            ...this.#delta({ role: 'assistant', content: '' }),
            ...(warnings.length > 0 && { warnings: [...warnings] }),
          },
        ]
      }
      case 'text':
        return [this.#delta({ content: event.text })]
      case 'thinking':
        return [this.#delta({ reasoning_content: event.text })]
      case 'text_was_thinking':
        // It has been said.
        return []
      case 'tool_call':
        return this.#call(event)
      case 'done': {
        const usage = usageOf(event.usage)
        const last = this.#chunk([
          { index: 0, delta: {}, logprobs: null, finish_reason: finishReason(event.stop_reason) },
        ])
        return this.#withUsage ? [last, { ...this.#chunk([]), usage }] : [{ ...last, usage }]
      }
    }
  }

  /** Told apart by their index; what they are called with comes behind their name. */
  #call(event: Call): ChatCompletionChunk[] {
    const index = this.#calls++
    const call = toCall(event, this.#id, index)
    const begun = { ...call, function: { name: event.name, arguments: '' } }
    return [
      this.#delta({ tool_calls: [{ index, ...begun }] }),
      this.#delta({ tool_calls: [{ index, function: { arguments: call.function.arguments } }] }),
    ]
  }

  #delta(delta: object): ChatCompletionChunk {
    return this.#chunk([{ index: 0, delta, logprobs: null, finish_reason: null }])
  }

  #chunk(choices: Choice[]): ChatCompletionChunk {
    return { ...this.#head!, object: 'chat.completion.chunk', choices, ...(this.#withUsage && { usage: null }) }
  }
}

function headOf({ id, provider, model }: Pick<ChatAnswer, 'id' | 'provider' | 'model'>, created: number) {
  return { id: `chatcmpl-${id}`, created, model: `${provider}/${model}` }
}

/** Services that give no id have one made for each call. */
function toCall({ id, name, input }: Call, answerId: string, at: number) {
  const written = typeof input === 'string' ? input : JSON.stringify(input)
  return { id: id || `call_${answerId}_${at}`, type: 'function', function: { name, arguments: written } }
}

function usageOf(usage: Usage): ChatCompletion['usage'] {
  const { input_tokens, output_tokens, cache_read_input_tokens = 0, cache_creation_input_tokens = 0 } = usage
  const prompt = input_tokens + cache_read_input_tokens + cache_creation_input_tokens
  return {
    prompt_tokens: prompt,
    completion_tokens: output_tokens,
    total_tokens: prompt + output_tokens,
    prompt_tokens_details: { cached_tokens: cache_read_input_tokens },
  }
}

const finishReasons: Record<string, string> = {
  max_tokens: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
  content_filter: 'content_filter',
}

function finishReason(stopReason: string): string {
  return finishReasons[stopReason] ?? 'stop'
}
