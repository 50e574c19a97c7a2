import type { CallOptions } from './types.ts'

/** A call that a model made of a tool, as it goes back to it. */
export interface LLMChatToolCall {
  id: string
  name: string
  input: Record<string, unknown>
}

/** What was said. The result of a call has the role `tool` and the call’s id. */
export interface LLMChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool'
  content?: string
  tool_calls?: LLMChatToolCall[]
  tool_call_id?: string
}

/** What a model may call. */
export interface LLMTool {
  name: string
  description?: string
  input_schema: Record<string, unknown>
}

/** One answer of a model, without an agent. What is not said of the model is chosen as for an agent that names none. */
export interface LLMChatOptions extends CallOptions {
  messages: LLMChatMessage[]
  tools?: LLMTool[]
  /** 4096 unless given. */
  max_tokens?: number
  temperature?: number | null
  top_p?: number
  seed?: number
  stop?: string[]
  effort?: 'minimal' | 'low' | 'medium' | 'high'
  /** Left to the model unless given. */
  tool_choice?: 'auto' | 'none' | 'required' | { type: 'function'; function: { name: string } }
  /** False: no more than one call in an answer. */
  parallel_tool_calls?: boolean
  /** As OpenAI has it. */
  response_format?: Record<string, unknown>
  /** With a model: that model of that service. */
  provider?: string
  /** A name of the configuration, a tier, `provider/model`, or a model. */
  model?: string
  tier?: string
  user_id?: string
  user_tier?: string
}

/** A piece of an answer. */
export type LLMChatContent =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: Record<string, unknown> }

/** Tokens; those of the prompt cache are not among `input_tokens`. */
export interface LLMChatUsage {
  input_tokens: number
  output_tokens: number
  cache_creation_input_tokens?: number
  cache_read_input_tokens?: number
}

/** Why an answer ended. */
export type LLMStopReason = 'end_turn' | 'max_tokens' | 'tool_use' | 'stop_sequence' | 'refusal' | 'content_filter'

/** A whole answer. */
export interface LLMChatResponse {
  id: string
  request_id: string
  provider: string
  model: string
  content: LLMChatContent[]
  /** What the model thought, where it shows that. */
  reasoning?: string
  stop_reason: LLMStopReason
  usage: LLMChatUsage
  /** What was asked for and is not so. */
  warnings?: string[]
}

/** More of a piece. */
export interface LLMChatStreamDelta {
  type: 'text_delta' | 'input_json_delta'
  text?: string
  partial_json?: string
}

/** A step of an answer. Later servers may have kinds that are not here. */
export type LLMChatStreamItem =
  | { kind: 'provider_chosen'; payload: { provider: string; model: string; request_id: string; warnings?: string[] } }
  | { kind: 'reasoning'; payload: { text: string } }
  | { kind: 'content_block_start'; payload: { index: number; block: LLMChatContent } }
  | { kind: 'content_block_delta'; payload: { index: number; delta: LLMChatStreamDelta } }
  | { kind: 'content_block_stop'; payload: { index: number } }
  | { kind: 'message_delta'; payload: { delta: { stop_reason?: LLMStopReason }; usage: LLMChatUsage } }
  | { kind: 'done'; payload: { id: string; stop_reason: LLMStopReason; usage: LLMChatUsage } }
  | { kind: 'error'; payload: { type: 'error'; code: string; message: string } }

/** Texts to be made vectors of. */
export interface LLMEmbeddingsOptions extends CallOptions {
  /** Echoed; the configured embedder is asked. */
  model: string
  input: string | string[]
  /** Default `float`. */
  encoding_format?: 'float' | 'base64'
  /** Where the embedder can. */
  dimensions?: number
  user?: string
}

/** A vector; in base64, 32-bit floats with their little end first. */
export interface LLMEmbeddingItem {
  object: 'embedding'
  embedding: number[] | string
  index: number
}

/** 0 where the service does not count. */
export interface LLMEmbeddingsUsage {
  prompt_tokens: number
  total_tokens: number
}

/** Vectors in the order of the texts. */
export interface LLMEmbeddingsResponse {
  object: 'list'
  data: LLMEmbeddingItem[]
  model: string
  usage: LLMEmbeddingsUsage
  /** What was asked for and is not so. */
  warnings?: string[]
}
