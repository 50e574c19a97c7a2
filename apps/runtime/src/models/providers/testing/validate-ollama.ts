import { isDictionary, type Json, must, refusal } from './refusal.ts'

/** What Ollama refuses, as far as its 400s are known: what does not fit its types. Answers the first complaint. */
export function validateOllama(body: unknown): string | undefined {
  return refusal(() => checkRequest(body as Json))
}

const ROLES = ['system', 'user', 'assistant', 'tool']
const WHOLE = ['num_predict', 'num_ctx', 'top_k', 'seed']
const REAL = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty']

function checkRequest(body: Json): void {
  must(typeof body.model === 'string' && body.model !== '', 'model is required')
  must(Array.isArray(body.messages) && body.messages.length > 0, 'messages is required')
  must(
    body.think === undefined || typeof body.think === 'boolean' || ['high', 'medium', 'low'].includes(body.think),
    `invalid think value: ${body.think} (must be "high", "medium", "low", true, or false)`,
  )
  for (const [name, value] of Object.entries(body.options ?? {})) checkOption(name, value)
  for (const tool of body.tools ?? []) checkTool(tool)
  checkMessages(body.messages)
}

function checkOption(name: string, value: unknown): void {
  if (name === 'stop') {
    must(Array.isArray(value) && value.every((one) => typeof one === 'string'), 'option "stop" must be of strings')
    return
  }
  must(WHOLE.includes(name) || REAL.includes(name), `invalid option provided: ${name}`)
  must(
    typeof value === 'number' && (REAL.includes(name) || Number.isInteger(value)),
    `option "${name}" has a wrong type`,
  )
}

function checkTool({ type, function: made }: Json): void {
  must(type === 'function' && typeof made.name === 'string' && made.name !== '', 'tools: a function has no name')
  must(
    made.parameters?.type === 'object' && isDictionary(made.parameters.properties),
    'tools: parameters are no object',
  )
  for (const [name, property] of Object.entries(made.parameters.properties)) {
    must(isDictionary(property), `json: cannot unmarshal into Go struct field .properties.${name}`)
    must(!('$ref' in (property as object)) && !('const' in (property as object)), `tools: ${name} says nothing here`)
  }
}

function checkMessages(messages: Json[]): void {
  let owed: string[] = []
  let previous = ''
  for (const [at, message] of messages.entries()) {
    const where = `messages[${at}]`
    must(ROLES.includes(message.role), `invalid role: ${message.role}`)
    must(typeof message.content === 'string', `${where}: content must be a string`)
    for (const image of message.images ?? []) must(/^[A-Za-z0-9+/=]+$/.test(image), 'illegal base64 data')
    if (message.role === 'tool') {
      const expected = owed.shift()
      must(expected !== undefined && message.tool_name === expected, `${where}: is the result of no call`)
    } else {
      must(owed.length === 0, `${where}: a call has no result`)
      must(message.role !== previous, `${where}: roles must alternate`)
      must(message.role === 'tool' || hasSomething(message), `${where}: is empty`)
    }
    owed = message.role === 'assistant' ? (message.tool_calls ?? []).map(nameOfCall) : owed
    previous = message.role
  }
  must(owed.length === 0, 'a call has no result')
  must(previous === 'user' || previous === 'tool', 'the last message must not be from the assistant')
}

function nameOfCall({ function: made }: Json): string {
  must(typeof made.name === 'string' && isDictionary(made.arguments), 'json: cannot unmarshal tool call arguments')
  return made.name
}

function hasSomething({ content, tool_calls: calls, images }: Json): boolean {
  return content.trim() !== '' || calls?.length > 0 || images?.length > 0
}
