import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { efforts, identPattern, Sampling } from './runs.ts'
import { Anything, Bool, Int, type Of, object, oneOf, optional, Text } from './schema.ts'

const Members = (description?: string) => Type.Record(Type.String(), Type.Unknown(), description ? { description } : {})

const UserId = Type.String({
  pattern: identPattern,
  description: 'For whom it is, where the token does not say; who shares a limit, and whom it is counted to.',
})
const UserTier = Text(
  'Whose models it may be answered by; one of `user_tiers` of the configuration, `default` unless given.',
)

export const LLMChatToolCall = object('LLMChatToolCall', { id: Text(), name: Text(), input: Members() })

export const LLMChatMessage = object('LLMChatMessage', {
  role: oneOf(['system', 'user', 'assistant', 'tool']),
  content: optional(Text()),
  tool_calls: optional(Type.Array(LLMChatToolCall)),
  tool_call_id: optional(Text('Which call this is the result of.')),
})
export type LLMChatMessage = Of<typeof LLMChatMessage>

export const LLMTool = object('LLMTool', { name: Text(), description: optional(Text()), input_schema: Members() })

const toolChoice = optional(
  Anything('`auto`, `none`, `required`, or one by its name: `{type: "function", function: {name}}`.'),
)
const responseFormat = optional(
  Anything('`{type: "json_object"}`, or `{type: "json_schema", json_schema: {name, schema}}`.'),
)

export const LLMChatBody = object('LLMChatBody', {
  messages: Type.Array(LLMChatMessage, { minItems: 1 }),
  tools: optional(Type.Array(LLMTool)),
  max_tokens: optional(Type.Integer({ minimum: 1, description: '4096 unless given.' })),
  temperature: Sampling.properties.temperature,
  top_p: Sampling.properties.top_p,
  seed: Sampling.properties.seed,
  stop: Sampling.properties.stop,
  effort: optional(oneOf(efforts)),
  tool_choice: toolChoice,
  parallel_tool_calls: optional(Bool('False: no more than one call in an answer.')),
  response_format: responseFormat,
  stream: optional(Bool()),
  provider: optional(Text('With a model: that model of that service. Without one: whichever the service prefers.')),
  model: optional(Text('As GET /v1/models has them: a name of the configuration, a tier, provider/model, or a model.')),
  tier: optional(Text('Where no model is named: low, middle or high; `default` is what agents run on that name none.')),
  user_id: optional(UserId),
  user_tier: optional(UserTier),
})
export type LLMChatBody = Of<typeof LLMChatBody>

const LLMTextBlock = object('LLMTextBlock', { type: Type.Literal('text'), text: Text() })
const LLMToolUseBlock = object('LLMToolUseBlock', {
  type: Type.Literal('tool_use'),
  id: Text(),
  name: Text(),
  input: Anything('An object, or the text that the model wrote where that was none.'),
})
const LLMChatBlock = Type.Union([LLMTextBlock, LLMToolUseBlock])

export const llmStopReasons = [
  'end_turn',
  'max_tokens',
  'tool_use',
  'stop_sequence',
  'refusal',
  'content_filter',
] as const
const stopReason = oneOf(llmStopReasons)
export type LLMStopReason = (typeof llmStopReasons)[number]

export const LLMChatUsage = object('LLMChatUsage', {
  input_tokens: Int(),
  output_tokens: Int(),
  cache_creation_input_tokens: optional(Int()),
  cache_read_input_tokens: optional(Int()),
})
export type LLMChatUsage = Of<typeof LLMChatUsage>

const warnings = optional(Type.Array(Text(), { description: 'What was asked for and is not so; one sentence each.' }))

export const LLMChatAnswer = object('LLMChatAnswer', {
  id: Text(),
  request_id: Text(),
  provider: Text(),
  model: Text(),
  content: Type.Array(LLMChatBlock),
  reasoning: optional(Text('What the model thought, where it shows that.')),
  stop_reason: stopReason,
  usage: LLMChatUsage,
  warnings,
})
export type LLMChatAnswer = Of<typeof LLMChatAnswer>

/** The data of the events of the same names. */
export const LLMChatEvent = Type.Union([
  object('LLMProviderChosen', { provider: Text(), model: Text(), request_id: Text(), warnings }),
  object('LLMReasoning', { text: Text() }),
  object('LLMContentBlockStart', { index: Int(), block: LLMChatBlock }),
  object('LLMContentBlockDelta', {
    index: Int(),
    delta: object('LLMTextDelta', { type: Type.Literal('text_delta'), text: Text() }),
  }),
  object('LLMContentBlockStop', { index: Int() }),
  object('LLMMessageDelta', { delta: Type.Object({ stop_reason: stopReason }), usage: LLMChatUsage }),
  object('LLMDone', { id: Text(), stop_reason: stopReason, usage: LLMChatUsage }),
  object('LLMError', { type: Type.Literal('error'), code: Text(), message: Text() }),
])

const loose = { description: 'As OpenAI has it.' }

export const ChatCompletionBody = object('ChatCompletionBody', {
  model: optional(Text('As GET /v1/models has them: a name of the configuration, a tier, provider/model, or a model.')),
  messages: Type.Array(
    object('ChatCompletionMessage', {
      role: Text(),
      content: optional(Anything('Text, or parts of it; pictures as data URLs.')),
      tool_calls: optional(Anything()),
      tool_call_id: optional(Text()),
      reasoning_content: optional(Anything('What the model thought, as it was answered.')),
    }),
    { minItems: 1 },
  ),
  tools: optional(Type.Array(Type.Unknown(), loose)),
  tool_choice: toolChoice,
  parallel_tool_calls: optional(Bool()),
  response_format: responseFormat,
  max_tokens: optional(Type.Integer({ minimum: 1 })),
  max_completion_tokens: optional(Type.Integer({ minimum: 1 })),
  temperature: Sampling.properties.temperature,
  top_p: Sampling.properties.top_p,
  top_k: Sampling.properties.top_k,
  frequency_penalty: Sampling.properties.frequency_penalty,
  presence_penalty: Sampling.properties.presence_penalty,
  seed: Sampling.properties.seed,
  stop: optional(Anything('A text, or several.')),
  reasoning_effort: optional(Text('minimal, low, medium or high.')),
  stream: optional(Bool()),
  stream_options: optional(Anything('`{include_usage: true}` has the usage come in a chunk of its own.')),
  user: optional(Text('For whom it is, where the token does not say and it could be a user’s id.')),
  loomcycle_provider: optional(Text('With a model: that model of that service.')),
  loomcycle_tier: optional(Text('Where no model is named: low, middle or high.')),
  loomcycle_user_id: optional(UserId),
  loomcycle_user_tier: optional(UserTier),
})
export type ChatCompletionBody = Of<typeof ChatCompletionBody>

const CompletionUsage = object('ChatCompletionUsage', {
  prompt_tokens: Int('With what came from the prompt cache.'),
  completion_tokens: Int(),
  total_tokens: Int(),
  prompt_tokens_details: Type.Object({ cached_tokens: Int() }),
})

const head = { id: Text(), created: Int('Unix seconds.'), model: Text('Which one answers, as provider/model.') }

export const ChatCompletion = object('ChatCompletion', {
  ...head,
  object: Type.Literal('chat.completion'),
  choices: Type.Array(Members()),
  usage: CompletionUsage,
  warnings,
})
export type ChatCompletion = Of<typeof ChatCompletion>

export const ChatCompletionChunk = object('ChatCompletionChunk', {
  ...head,
  object: Type.Literal('chat.completion.chunk'),
  choices: Type.Array(Members()),
  usage: optional(Type.Union([CompletionUsage, Type.Null()])),
  warnings,
})
export type ChatCompletionChunk = Of<typeof ChatCompletionChunk>

/** So many texts in one request. */
export const mostTexts = 2048

export const EmbeddingsBody = object('EmbeddingsBody', {
  model: optional(Text('Echoed; it is the configured embedder that is asked.')),
  input: Anything(`A text, or up to ${mostTexts} of them.`),
  encoding_format: optional(oneOf(['float', 'base64'])),
  dimensions: optional(Type.Integer({ minimum: 1, maximum: 16_384, description: 'Where the embedder can.' })),
  user: optional(Text('For whom it is, where the token does not say and it could be a user’s id.')),
  loomcycle_user_id: optional(UserId),
})
export type EmbeddingsBody = Of<typeof EmbeddingsBody>

export const EmbeddingList = object('EmbeddingList', {
  object: Type.Literal('list'),
  data: Type.Array(
    object('EmbeddingItem', {
      object: Type.Literal('embedding'),
      embedding: Type.Union([Type.Array(Type.Number()), Text('base64 of 32-bit floats, little end first.')]),
      index: Int(),
    }),
  ),
  model: Text(),
  usage: object('EmbeddingUsage', {
    prompt_tokens: Int('0 where the service does not count.'),
    total_tokens: Int(),
  }),
  warnings,
})

const ListedModel = object('ListedModel', {
  id: Text(),
  object: Type.Literal('model'),
  created: Int('0: nobody says.'),
  owned_by: Text('The service; `loomcycle` for names of the configuration and tiers.'),
})
export type ListedModel = Of<typeof ListedModel>

const routing = [
  'model_not_found',
  'provider_unknown',
  'provider_unavailable',
  'model_unavailable',
  'tier_unavailable',
  'tier_not_allowed',
  'unknown_user_tier',
] as const
const calling = [
  'invalid_request',
  'context_length_exceeded',
  'provider_refused',
  'provider_rate_limited',
  'provider_concurrency_exhausted',
  'per_user_quota_exhausted',
  'token_limit_exceeded',
  'backpressure',
  'runtime_paused',
  'shutting_down',
] as const

/** Model services for programs, without an agent around them. */
export const gatewayEndpoints = {
  llmChat: endpoint({
    method: 'POST',
    path: '/v1/_llm/chat',
    summary: 'One answer of a model',
    access: 'runs:create',
    key: 'none',
    body: LLMChatBody,
    result: LLMChatAnswer,
    stream: LLMChatEvent,
    errors: [...calling, ...routing, 'provider_call_failed'],
    envelope: 'json',
  }),
  createChatCompletion: endpoint({
    method: 'POST',
    path: '/v1/chat/completions',
    summary: 'The same in the words of OpenAI’s chat completions',
    access: 'runs:create',
    key: 'none',
    body: ChatCompletionBody,
    result: ChatCompletion,
    stream: ChatCompletionChunk,
    errors: [...calling, ...routing, 'provider_call_failed'],
    envelope: 'openai',
  }),
  createEmbeddings: endpoint({
    method: 'POST',
    path: '/v1/embeddings',
    summary: 'Texts as vectors, by the configured embedder, in the words of OpenAI’s embeddings',
    access: 'runs:create',
    key: 'none',
    body: EmbeddingsBody,
    result: EmbeddingList,
    errors: [...calling, 'embedder_not_configured', 'embed_failed'],
    envelope: 'openai',
  }),
  listAskableModels: endpoint({
    method: 'GET',
    path: '/v1/models',
    summary: 'Whatever can be asked for as a model: names of the configuration, tiers, and the models of each service',
    access: 'runs:read',
    result: object('ListedModels', { object: Type.Literal('list'), data: Type.Array(ListedModel) }),
    errors: [],
    envelope: 'openai',
  }),
  getAskableModel: endpoint({
    method: 'GET',
    path: '/v1/models/{id...}',
    summary: 'One of them',
    access: 'runs:read',
    result: ListedModel,
    errors: ['model_not_found'],
    envelope: 'openai',
  }),
}
