import {
  type ChatCompletionBody,
  type Effort,
  efforts,
  identPattern,
  RuntimeError,
  type Sampling,
} from '@loomcycle/proto'
import type { AssistantBlock, Message, ToolSpec, UserBlock } from '../../../models/providers/provider.ts'
import { isObject, parseToolInput } from '../../../models/providers/tools/tool-input.ts'
import type { ChatRequest } from '../chat-request.ts'
import { formatIn, toolChoiceIn } from '../wishes.ts'

type Sent = ChatCompletionBody['messages'][number]

/** Members that change an answer, and have no word in ours. */
const unknown = [
  ...['n', 'logprobs', 'top_logprobs', 'logit_bias', 'modalities', 'audio', 'prediction', 'verbosity'],
  ...['web_search_options', 'functions', 'function_call'],
] as const

/** What OpenAI takes them to mean that is said anyway. */
const saysNothing: Record<string, unknown> = { n: 1, logprobs: false }

/** A chat completion's request in our words. Throws `invalid_request`. */
export function fromOpenAi(body: ChatCompletionBody): ChatRequest {
  const { messages, tools = [], max_completion_tokens, max_tokens } = body
  const maxTokens = max_completion_tokens ?? max_tokens
  const effort = effortIn(body.reasoning_effort)
  const { toolChoice } = toolChoiceIn(body.tool_choice)
  const { format } = formatIn(body.response_format)
  return {
    wanted: {
      provider: body.loomcycle_provider,
      model: body.model,
      tier: body.loomcycle_tier,
      userTier: body.loomcycle_user_tier,
    },
    userId: body.loomcycle_user_id ?? userIn(body.user),
    system: messages.filter(isSystem).map((message, at) => ({ text: textIn(message.content, `messages.${at}`) })),
    messages: messagesIn(messages),
    tools: tools.map(toolIn),
    ...(toolChoice && { toolChoice }),
    ...(body.parallel_tool_calls === false && { oneCall: true }),
    ...(format && { format }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(effort && { effort }),
    sampling: samplingIn(body),
    ignored: ignoredIn(body),
  }
}

function ignoredIn(body: Record<string, unknown>): string[] {
  return unknown.filter((name) => {
    const value = body[name]
    return value !== undefined && value !== null && value !== saysNothing[name]
  })
}

/** OpenAI takes any text there. */
function userIn(user: string | undefined): string | undefined {
  return user !== undefined && new RegExp(identPattern).test(user) ? user : undefined
}

function isSystem({ role }: Sent): boolean {
  return role === 'system' || role === 'developer'
}

function messagesIn(sent: readonly Sent[]): Message[] {
  const messages: Message[] = []
  const calls = new Map<string, string>()
  const say = (block: UserBlock) => {
    const last = messages.at(-1)
    if (last?.role === 'user') last.content.push(block)
    else messages.push({ role: 'user', content: [block] })
  }
  for (const [at, message] of sent.entries()) {
    const where = `messages.${at}`
    switch (message.role) {
      case 'system':
      case 'developer':
        break
      case 'user': {
        const blocks = userBlocks(message.content, where)
        // Whoever says nothing has had their turn.
        for (const block of blocks.length > 0 ? blocks : [{ type: 'text' as const, text: '' }]) say(block)
        break
      }
      case 'assistant':
        messages.push(assistantIn(message, where, calls))
        break
      case 'tool': {
        const id = message.tool_call_id
        if (!id) throw refused(`${where}.tool_call_id`, 'is missing: it says which call this is the result of')
        const text = textIn(message.content, where)
        say({ type: 'tool_result', tool_use_id: id, name: calls.get(id) ?? 'tool', text, is_error: false })
        break
      }
      default:
        throw refused(`${where}.role`, 'must be system, developer, user, assistant or tool')
    }
  }
  if (messages.length === 0) throw refused('messages', 'must have one of the user')
  return messages
}

function assistantIn(message: Sent, where: string, calls: Map<string, string>): Message {
  const text = textIn(message.content, where)
  const content: AssistantBlock[] = text === '' ? [] : [{ type: 'text', text }]
  for (const [at, call] of listIn(message.tool_calls, `${where}.tool_calls`).entries()) {
    const made = isObject(call) ? call.function : undefined
    if (!isObject(call) || !isObject(made) || typeof call.id !== 'string' || typeof made.name !== 'string') {
      throw refused(`${where}.tool_calls.${at}`, 'must have an id and a function with a name')
    }
    const { arguments: given = '' } = made
    const input = typeof given === 'string' ? parseToolInput(given) : given
    calls.set(call.id, made.name)
    content.push({ type: 'tool_use', id: call.id, name: made.name, input })
  }
  const { reasoning_content: reasoning } = message
  return { role: 'assistant', content, ...(typeof reasoning === 'string' && reasoning !== '' && { reasoning }) }
}

function userBlocks(content: unknown, where: string): UserBlock[] {
  return partsIn(content, where).map((part, at): UserBlock => {
    const place = `${where}.content.${at}`
    if (part.type === 'text' && typeof part.text === 'string') return { type: 'text', text: part.text }
    if (part.type === 'image_url') return pictureIn(part.image_url, place)
    throw refused(place, `must be text or image_url; ${JSON.stringify(part.type ?? null)} is not taken`)
  })
}

const dataUrl = /^data:(image\/[\w.+-]+);base64,(?=[\w+/])/

function pictureIn(image: unknown, where: string): UserBlock {
  const url = isObject(image) ? image.url : image
  const [prefix, mediaType] = (typeof url === 'string' && dataUrl.exec(url)) || []
  if (prefix === undefined || mediaType === undefined) {
    throw refused(
      `${where}.image_url`,
      'must be a data: URL of a picture, in base64; nothing is fetched from elsewhere',
    )
  }
  return { type: 'image', media_type: mediaType, data: (url as string).slice(prefix.length) }
}

/** What is only words, in parts or not. A refusal was words as well. */
function textIn(content: unknown, where: string): string {
  return partsIn(content, where)
    .map((part, at) => {
      const text = part.type === 'refusal' ? part.refusal : part.text
      if (typeof text === 'string') return text
      throw refused(`${where}.content.${at}`, 'must be text')
    })
    .join('\n\n')
}

function partsIn(content: unknown, where: string): Record<string, unknown>[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  const parts = Array.isArray(content) ? content : [content]
  if (parts.every(isObject)) return parts
  throw refused(`${where}.content`, 'must be text or a list of parts')
}

function toolIn(tool: unknown, at: number): ToolSpec {
  const made = isObject(tool) && tool.type === 'function' ? tool.function : undefined
  if (!isObject(made) || typeof made.name !== 'string' || made.name === '') {
    throw refused(`tools.${at}`, 'must be a function with a name: {"type":"function","function":{"name":…}}')
  }
  const { name, description, parameters, strict } = made
  return {
    name,
    description: typeof description === 'string' ? description : '',
    input_schema: isObject(parameters) ? parameters : { type: 'object', properties: {} },
    ...(strict === true && { strict }),
  }
}

function effortIn(effort: string | undefined): Effort | undefined {
  if (effort === undefined || effort === 'none') return effort === undefined ? undefined : 'minimal'
  const known = efforts.find((one) => one === effort)
  if (known) return known
  // They have a word for more than we know.
  if (effort === 'xhigh' || effort === 'max') return 'high'
  throw refused('reasoning_effort', `must be one of ${efforts.join(', ')}`)
}

function samplingIn(body: ChatCompletionBody): Sampling {
  const stop = body.stop === undefined || body.stop === null ? [] : [body.stop].flat()
  if (!stop.every((one) => typeof one === 'string')) throw refused('stop', 'must be a text or several')
  const { temperature, top_p, top_k, frequency_penalty, presence_penalty, seed } = body
  const given = { temperature, top_p, top_k, frequency_penalty, presence_penalty, seed }
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(said), ...(stop.length > 0 && { stop }) }
}

function listIn(value: unknown, where: string): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  throw refused(where, 'must be a list')
}

function refused(param: string, what: string): RuntimeError {
  return new RuntimeError('invalid_request', `${param} ${what}`, { param })
}
