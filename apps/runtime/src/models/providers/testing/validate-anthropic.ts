import { isDictionary, type Json, must, refusal } from './refusal.ts'

/** An escape that stands for half a character; a backslash that somebody wrote is escaped itself. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i

/** What api.anthropic.com refuses, as far as its 400s are known. Answers the first complaint, or undefined. */
export function validateAnthropic(body: unknown): string | undefined {
  return refusal(() => checkRequest(body as Json))
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/
const IMAGES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']

function checkRequest(body: Json): void {
  must(typeof body.model === 'string' && body.model !== '', 'model: Field required')
  must(Number.isInteger(body.max_tokens) && body.max_tokens > 0, 'max_tokens: Field required')
  must(JSON.stringify(body).isWellFormed() && !HALF_CHARACTER.test(JSON.stringify(body)), 'invalid unicode in request')
  for (const [at, block] of (body.system ?? []).entries()) checkText(block, `system.${at}`)
  const marks = (body.system ?? []).filter((block: Json) => block.cache_control)
  must(marks.length <= 4, 'a maximum of 4 blocks with cache_control may be provided')
  checkTools(body)
  checkMessages(body)
  checkThinking(body)
  for (const stop of body.stop_sequences ?? []) must(stop.trim() !== '', 'stop_sequences: must contain non-whitespace')
  must(body.temperature === undefined || (body.temperature >= 0 && body.temperature <= 1), 'temperature: range: 0..1')
  must(body.temperature === undefined || body.top_p === undefined, 'temperature and top_p cannot both be specified')
  const known = ['model', 'max_tokens', 'stream', 'system', 'messages', 'tools', 'tool_choice', 'thinking']
  known.push('output_config', 'temperature', 'top_p', 'top_k', 'stop_sequences')
  for (const key of Object.keys(body)) must(known.includes(key), `${key}: Extra inputs are not permitted`)
}

function checkTools(body: Json): void {
  const names = (body.tools ?? []).map((tool: Json) => tool.name)
  must(new Set(names).size === names.length, 'tools: Tool names must be unique.')
  for (const tool of body.tools ?? []) {
    must(NAME.test(tool.name), `tools: name ${tool.name} should match pattern`)
    must(tool.input_schema?.type === 'object', 'tools: input_schema.type: Field required')
    for (const union of ['oneOf', 'anyOf', 'allOf']) {
      must(!(union in tool.input_schema), `tools: input_schema does not support ${union} at the top level`)
    }
  }
}

function checkMessages(body: Json): void {
  const { messages } = body
  must(Array.isArray(messages) && messages.length > 0, 'messages: at least one message is required')
  const ids = new Set<string>()
  let owed: string[] = []
  for (const [at, given] of messages.entries()) {
    const message = withBlocks(given)
    const expected = at % 2 === 0 ? 'user' : 'assistant'
    must(message.role === expected, `messages.${at}: roles must alternate between "user" and "assistant"`)
    must(Array.isArray(message.content) && message.content.length > 0, `messages.${at}: content must be non-empty`)
    if (message.role === 'user') {
      const results = message.content.filter((block: Json) => block.type === 'tool_result')
      const given = results.map((block: Json) => block.tool_use_id)
      must(
        [...given].sort().join() === [...owed].sort().join(),
        `messages.${at}: tool_use ids were found without tool_result blocks immediately after, or the other way round`,
      )
      must(
        message.content.slice(0, results.length).every((block: Json) => block.type === 'tool_result'),
        `messages.${at}: tool_result blocks must come first`,
      )
      for (const block of message.content) checkUserBlock(block, `messages.${at}`)
      owed = []
    } else {
      for (const block of message.content) checkAssistantBlock(block, `messages.${at}`, ids)
      must(!isThinking(message.content.at(-1)), `messages.${at}: the final block cannot be \`thinking\``)
      owed = message.content.filter((block: Json) => block.type === 'tool_use').map((block: Json) => block.id)
    }
  }
  must(messages.at(-1).role === 'user', 'messages: the conversation must end with a user message')
  must(ids.size === 0 || body.tools?.length > 0, 'requests which have `tool_use` blocks must define tools')
}

function checkUserBlock(block: Json, where: string): void {
  switch (block.type) {
    case 'text':
      checkText(block, where)
      break
    case 'image':
      must(IMAGES.includes(block.source?.media_type), `${where}: image media type is not supported`)
      must(/^[A-Za-z0-9+/]+=*$/.test(block.source.data), `${where}: image cannot be empty`)
      break
    case 'tool_result':
      must(typeof block.content === 'string', `${where}: tool_result content must be a string`)
      must(block.content.trim() !== '', `${where}: content cannot be empty if \`is_error\` is true`)
      break
    default:
      must(false, `${where}: unexpected ${block.type} block in a user message`)
  }
}

function checkAssistantBlock(block: Json, where: string, ids: Set<string>): void {
  switch (block.type) {
    case 'text':
      checkText(block, where)
      break
    case 'thinking':
      must(block.signature, `${where}: thinking.signature: Field required`)
      break
    case 'redacted_thinking':
      must(block.data, `${where}: redacted_thinking.data: Field required`)
      break
    case 'tool_use':
      must(/^[a-zA-Z0-9_-]+$/.test(block.id), `${where}: tool_use.id should match pattern`)
      must(!ids.has(block.id), `${where}: \`tool_use\` ids must be unique`)
      ids.add(block.id)
      must(NAME.test(block.name), `${where}: tool_use.name should match pattern`)
      must(isDictionary(block.input), `${where}: tool_use.input: Input should be a valid dictionary`)
      break
    default:
      must(false, `${where}: unexpected ${block.type} block in an assistant message`)
  }
}

function checkThinking({ thinking, max_tokens, messages, temperature, top_p, top_k }: Json): void {
  if (thinking === undefined) return
  must(temperature === undefined && top_p === undefined && top_k === undefined, 'sampling is fixed when thinking')
  if (thinking.type === 'adaptive') return
  must(thinking.budget_tokens >= 1024, 'thinking.budget_tokens: should be greater than or equal to 1024')
  must(thinking.budget_tokens < max_tokens, '`max_tokens` must be greater than `thinking.budget_tokens`')
  const last = messages.findLast((message: Json) => message.role === 'assistant')
  const calls = last?.content.some((block: Json) => block.type === 'tool_use')
  must(!calls || isThinking(last.content[0]), 'expected `thinking` or `redacted_thinking`, but found something else')
}

function isThinking(block: Json): boolean {
  return block.type === 'thinking' || block.type === 'redacted_thinking'
}

function checkText(block: Json, where: string): void {
  must(block.type === 'text' && typeof block.text === 'string', `${where}: text: Field required`)
  must(block.text.trim() !== '', `${where}: text content blocks must be non-empty`)
}

/** A text alone stands for one block of it. */
function withBlocks(message: Json): Json {
  return typeof message.content === 'string' && message.content !== ''
    ? { ...message, content: [{ type: 'text', text: message.content }] }
    : message
}
