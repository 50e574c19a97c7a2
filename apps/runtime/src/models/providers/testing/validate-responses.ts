import { isDictionary, type Json, must, refusal } from './refusal.ts'

/** An escape that stands for half a character; a backslash that somebody wrote is escaped itself. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i

/** What OpenAI’s Responses refuse, as far as their 400s are known. Answers the first complaint, or undefined. */
export function validateResponses(body: unknown): string | undefined {
  return refusal(() => checkRequest(body as Json))
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/
const KNOWN = ['model', 'instructions', 'input', 'stream', 'store', 'include', 'tools', 'max_output_tokens']
const MORE = ['reasoning', 'temperature', 'top_p']

function checkRequest(body: Json): void {
  must(typeof body.model === 'string' && body.model !== '', 'you must provide a model parameter')
  must(!HALF_CHARACTER.test(JSON.stringify(body)), 'we could not parse the JSON body of your request')
  for (const key of Object.keys(body)) must([...KNOWN, ...MORE].includes(key), `Unknown parameter: '${key}'.`)
  must(body.store === false, 'reasoning.encrypted_content is only for what is not stored')
  must(body.instructions === undefined || body.instructions.trim() !== '', 'instructions must not be empty')
  must(body.max_output_tokens === undefined || body.max_output_tokens >= 16, "'max_output_tokens': below minimum value")
  const isReasoner = /^o\d|gpt-5/.test(body.model)
  must(!isReasoner || (body.temperature ?? body.top_p) === undefined, "Unsupported parameter: 'temperature'")
  const effort = body.reasoning?.effort
  must(effort !== 'minimal' || /gpt-5(-|$)/.test(body.model), `Unsupported value: '${effort}'`)
  checkTools(body.tools)
  checkInput(body.input)
}

function checkTools(tools: Json[] | undefined): void {
  must(tools === undefined || tools.length > 0, "[] is too short - 'tools'")
  const names = (tools ?? []).map((tool) => tool.name)
  must(new Set(names).size === names.length, 'tools: function names must be unique')
  for (const { type, name, parameters, strict } of tools ?? []) {
    must(type === 'function' && NAME.test(name), `tools: ${name} does not match the pattern of names`)
    must(strict === false && parameters?.type === 'object', 'tools: schema must be of type "object"')
    for (const word of ['oneOf', 'anyOf', 'allOf', 'enum', 'not']) {
      must(!(word in parameters), `tools: schema must not have '${word}' at the top level`)
    }
  }
}

function checkInput(input: Json[]): void {
  must(Array.isArray(input) && input.length > 0, '[] is too short - input')
  const calls = new Set<string>()
  const owed = new Set<string>()
  for (const [at, item] of input.entries()) {
    const where = `input[${at}]`
    switch (item.type) {
      case 'message':
        checkMessage(item, where)
        break
      case 'reasoning':
        must(typeof item.encrypted_content === 'string', `${where}: items are not persisted when store is false`)
        must(
          item.summary.every((part: Json) => part.type === 'summary_text'),
          `${where}.summary: invalid type`,
        )
        must(
          ['reasoning', 'function_call'].includes(input[at + 1]?.type) || input[at + 1]?.role === 'assistant',
          `${where}: of type 'reasoning' was provided without its required following item`,
        )
        break
      case 'function_call':
        must(NAME.test(item.name), `${where}.name: does not match pattern`)
        must(item.call_id.length > 0 && item.call_id.length <= 64, `${where}.call_id: expected 1 to 64 characters`)
        must(!calls.has(item.call_id), `${where}: duplicate call_id`)
        must(isDictionary(JSON.parse(item.arguments)), `${where}.arguments: must be an object`)
        calls.add(item.call_id)
        owed.add(item.call_id)
        break
      case 'function_call_output':
        must(owed.delete(item.call_id), `No tool call found for function call output with call_id ${item.call_id}.`)
        must(typeof item.output === 'string', `${where}.output: must be a string`)
        break
      default:
        must(false, `${where}: unknown type ${item.type}`)
    }
  }
  must(owed.size === 0, `No tool output found for function call ${[...owed][0]}.`)
}

function checkMessage({ role, content }: Json, where: string): void {
  must(Array.isArray(content) && content.length > 0, `${where}.content: must not be empty`)
  for (const part of content) {
    if (part.type === 'input_image') {
      must(role === 'user' && /^data:image\/[a-z]+;base64,./.test(part.image_url), `${where}: image_url is not valid`)
    } else {
      must(part.type === (role === 'user' ? 'input_text' : 'output_text'), `${where}: Invalid value: '${part.type}'.`)
      must(part.text.trim() !== '', `${where}: text must not be empty`)
    }
  }
}
