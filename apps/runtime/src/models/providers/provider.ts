import type { Effort, Sampling, Usage } from '@loomcycle/proto'
import type { LeftOut } from './wishes.ts'

/**
 * What the loop asks of a model service. One request is one turn: the loop hands over the whole history
 * and gets back a stream that always ends with `done` or `error`; `stream` never throws and never rejects.
 */
export interface Provider {
  readonly id: string
  /** Takes the reasoning of a turn back only as it was. */
  readonly signsReasoning?: boolean
  /** It keeps the beginning of a conversation when it is asked to, so that the next turn costs less. */
  readonly keepsPrompts?: boolean
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ProviderEvent>
  /** It has no models but those that it lists. */
  readonly listsAll?: boolean
  /** Model ids the service offers. Throws a `ProviderFailure` when the service cannot be asked. */
  listModels(signal: AbortSignal): Promise<string[]>
  /** What there is to know of those models, by id, where it says more of them. Throws as that does. */
  describeModels?(signal: AbortSignal): Promise<ReadonlyMap<string, ModelNotes>>
  capabilities(model: string): ProviderCapabilities
  /** What of a request its model is not told, since the service refuses it or has no word for it. */
  leftOut?(request: ModelRequest): readonly LeftOut[]
  /** Tokens that the model takes, asked of the service; undefined where it does not say. Rejects where it cannot be asked. */
  contextWindow?(model: string, signal: AbortSignal): Promise<number | undefined>
  /**
   * Of a model that wants to be shown its thinking of every turn: one of the same service that does not think, and goes on
   * where some of that is missing.
   */
  withoutThinking?(model: string): string | undefined
  /** What a run on it may take, in seconds and with all it waits for, where nothing else is said. */
  readonly runSeconds?: number
  /** Which of `models` to use when nobody chose one. */
  preferredModel(models: readonly string[]): string
}

export interface ModelNotes {
  /** On its disk. */
  sizeBytes?: number
  /** In its memory, so that it answers without being read first. */
  isLoaded?: boolean
  /** Tokens that it takes as it is loaded or would be. */
  contextWindow?: number
}

export interface ProviderCapabilities {
  /** Tokens that every such model takes at least; undefined where that is not known. */
  contextWindow?: number
  thinking: boolean
  vision: boolean
}

export interface ModelRequest {
  model: string
  /** Name of the agent and id of the run, for services that accept them and for the scripted provider. */
  agent: string
  runId: string
  system: SystemBlock[]
  messages: Message[]
  tools: ToolSpec[]
  maxTokens?: number
  effort?: Effort
  sampling?: Sampling
  /** Left to the model unless given. */
  toolChoice?: ToolChoice
  /** No more than one call in a turn. */
  oneCall?: boolean
  /** What the answer is to be in place of prose. */
  format?: AnswerFormat
  /** Of an agent that is code. */
  code?: CodeRun
}

/** None, any of them but one at least, or that one. */
export type ToolChoice = 'none' | 'required' | { name: string }

export type AnswerFormat =
  | { type: 'json' }
  | { type: 'schema'; name: string; description?: string; schema: Record<string, unknown>; strict?: boolean }

/** What code is told besides the conversation. */
export interface CodeRun {
  source: string
  /** The same for as long as the run is. */
  agentId: string
  tenantId: string
  userId: string
  /** Unix milliseconds. */
  startedAt: number
  metadata?: Record<string, unknown>
}

export interface SystemBlock {
  text: string
  cacheable?: boolean
}

export interface ToolSpec {
  name: string
  description: string
  input_schema: Record<string, unknown>
  /** Its arguments are held to the schema while they are written, where the service can do that. */
  strict?: boolean
}

/**
 * The history in our own words. It starts with a user message, roles alternate, and every `tool_use` of an
 * assistant message is answered by a `tool_result` of the same id in the user message right after it.
 */
export type Message<Reasoning = string> = UserMessage | AssistantMessage<Reasoning>

export interface UserMessage {
  role: 'user'
  content: UserBlock[]
}

export interface AssistantMessage<Reasoning = string> {
  role: 'assistant'
  content: AssistantBlock[]
  /** What the same provider needs to be shown again (signatures, reasoning text). Opaque to everybody else. */
  reasoning?: Reasoning
}

export type UserBlock =
  | { type: 'text'; text: string }
  | { type: 'image'; media_type: string; data: string }
  | { type: 'tool_result'; tool_use_id: string; name: string; text: string; is_error: boolean }

export type AssistantBlock =
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: unknown }

export type ProviderEvent =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  /** The text of this turn so far was thinking: the model has only now said where that ends. */
  | { type: 'text_was_thinking' }
  /**
   * Complete: arguments are assembled and parsed. `id` is empty where the service gives none. `input` is an object, or
   * the text the model wrote where that was not one: no schema takes it, so nothing runs and the model is told.
   */
  | { type: 'tool_call'; id: string; name: string; input: unknown }
  /** `tool_use` where there are calls, and only there; calls come right before, so a failed turn has none. */
  | { type: 'done'; stop_reason: string; usage: Usage; reasoning?: string }
  /** With what was taken all the same, where the service has said so before it failed. */
  | { type: 'error'; error: ProviderFailure; usage?: Usage | undefined }

export type FailureClass = 'retryable' | 'permanent' | 'deprecated' | 'cancelled'

/** What is known of a failure besides, for whoever decides what becomes of it. */
export interface FailureHints {
  /** The service was not reached, or hung up before it said anything. */
  unreachable?: boolean
  /** So long it asks to be left alone. */
  retryAfterMs?: number
  /** Asking again would only cost the same again. */
  final?: boolean
  /** The word for it, where there is one. */
  code?: string
}

/** Why a call failed. `message` reads `<provider> <status>: <cause>` and never holds a key. */
export class ProviderFailure extends Error {
  override name = 'ProviderFailure'
  readonly provider: string
  readonly failureClass: FailureClass
  readonly status: number | undefined
  readonly hints: FailureHints
  /** When the service can be asked again, in Unix milliseconds; only where nobody waited for that. */
  retryAt: number | undefined

  constructor(provider: string, failureClass: FailureClass, cause: string, status?: number, hints: FailureHints = {}) {
    super(status === undefined ? `${provider}: ${cause}` : `${provider} ${status}: ${cause}`)
    this.provider = provider
    this.failureClass = failureClass
    this.status = status
    this.hints = hints
  }

  get code(): string | undefined {
    return this.hints.code
  }

  /** The same failure, with what came of it. */
  withNote(note: string, retryAt?: number): ProviderFailure {
    const noted = new ProviderFailure(this.provider, this.failureClass, '', this.status, this.hints)
    noted.message = `${this.message} — ${note}`
    noted.retryAt = retryAt
    return noted
  }
}
