import { isDictionary, type Json, must, refusal } from './refusal.ts'

/** An escape that stands for half a character; a backslash that somebody wrote is escaped itself. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i

/** What a chat-completions service refuses, as far as its 400s are known. Answers the first complaint, or undefined. */
export function validateOpenAi(body: unknown): string | undefined {
  return refusal(() => checkRequest(body as Json))
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/

function checkRequest(body: Json): void {
  must(typeof body.model === 'string' && body.model !== '', 'you must provide a model parameter')
  must(Array.isArray(body.messages) && body.messages.length > 0, '[] is too short - messages')
  must(!HALF_CHARACTER.test(JSON.stringify(body)), 'we could not parse the JSON body of your request')
  must(body.stream_options === undefined || body.stream, 'stream_options is only allowed when stream is set')
  must(!(body.max_tokens && body.max_completion_tokens), 'max_tokens and max_completion_tokens exclude each other')
  must((body.stop ?? []).length <= 4, "'stop' has too many elements")
  must(body.tools === undefined || body.tools.length > 0, "[] is too short - 'tools'")
  const names = (body.tools ?? []).map((tool: Json) => tool.function.name)
  must(new Set(names).size === names.length, 'tools: function names must be unique')
  for (const tool of body.tools ?? []) checkTool(tool)
  checkMessages(body.messages)
}

function checkTool({ type, function: made }: Json): void {
  must(type === 'function' && NAME.test(made.name), `tools: ${made?.name} does not match the pattern of names`)
  must(made.parameters?.type === 'object', 'tools: schema must be of type "object"')
  for (const word of ['oneOf', 'anyOf', 'allOf', 'enum', 'not']) {
    must(!(word in made.parameters), `tools: schema must not have '${word}' at the top level`)
  }
}

function checkMessages(messages: Json[]): void {
  const ids = new Set<string>()
  let owed = new Set<string>()
  let previous = ''
  for (const [at, message] of messages.entries()) {
    const where = `messages.[${at}]`
    if (message.role !== 'tool') {
      must(owed.size === 0, `${where}: 'tool_calls' must be followed by tool messages responding to each id`)
      must(message.role !== previous, `${where}: roles must alternate`)
    }
    previous = message.role
    switch (message.role) {
      case 'system':
        must(at === 0, `${where}: the system message must come first`)
        checkContent(message.content, where)
        break
      case 'user':
        checkContent(message.content, where)
        break
      case 'assistant':
        must(at > 0 && messages[at - 1].role !== 'system', `${where}: the conversation must start with the user`)
        owed = checkAssistant(message, where, ids)
        break
      case 'tool':
        must(owed.delete(message.tool_call_id), `${where}: must be a response to a preceding message with 'tool_calls'`)
        must(typeof message.content === 'string', `${where}: content must be a string`)
        break
      default:
        must(false, `${where}: unknown role ${message.role}`)
    }
  }
  must(owed.size === 0, "'tool_calls' must be followed by tool messages responding to each id")
  must(messages.at(-1).role !== 'assistant', 'the last message must not be from the assistant')
}

function checkAssistant(message: Json, where: string, ids: Set<string>): Set<string> {
  const { content, tool_calls: calls } = message
  must(calls === undefined || calls.length > 0, `${where}.tool_calls: [] is too short`)
  if (calls === undefined) must(typeof content === 'string' && content !== '', `${where}: content must not be empty`)
  must(content === null || typeof content === 'string', `${where}: content must be a string or null`)
  for (const call of calls ?? []) {
    must(call.type === 'function' && NAME.test(call.function.name), `${where}: function.name does not match pattern`)
    must(call.id.length > 0 && call.id.length <= 40, `${where}: tool_calls id: expected 1 to 40 characters`)
    must(!ids.has(call.id), `${where}: duplicate tool call id`)
    ids.add(call.id)
    must(isDictionary(JSON.parse(call.function.arguments)), `${where}: arguments must be an object`)
  }
  return new Set((calls ?? []).map((call: Json) => call.id))
}

function checkContent(content: Json, where: string): void {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  must(Array.isArray(parts) && parts.length > 0, `${where}: content must be a string or parts`)
  for (const part of parts) {
    if (part.type === 'text') must(part.text.trim() !== '', `${where}: text must not be empty`)
    else must(/^data:image\/[a-z]+;base64,./.test(part.image_url?.url), `${where}: image_url is not a data URL`)
  }
}
