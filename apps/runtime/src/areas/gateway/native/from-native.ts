import { type LLMChatBody, RuntimeError } from '@loomcycle/proto'
import type { AssistantBlock, Message, UserBlock } from '../../../models/providers/provider.ts'
import type { ChatRequest } from '../chat-request.ts'
import { formatIn, toolChoiceIn } from '../wishes.ts'

const usualMaxTokens = 4096

/** Our own request, which is nearly in our words already. Throws `invalid_request`. */
export function fromNative(body: LLMChatBody): ChatRequest {
  const { messages, tools = [], max_tokens: maxTokens = usualMaxTokens, effort } = body
  const { temperature, top_p, seed, stop } = body
  const sampling = Object.entries({ temperature, top_p, seed, stop }).filter(([, value]) => value !== undefined)
  return {
    wanted: { provider: body.provider, model: body.model, tier: body.tier, userTier: body.user_tier },
    userId: body.user_id,
    system: messages.flatMap(({ role, content = '' }) => (role === 'system' ? [{ text: content }] : [])),
    messages: messagesIn(messages),
    tools: tools.map(({ name, description = '', input_schema }) => ({ name, description, input_schema })),
    ...toolChoiceIn(body.tool_choice),
    ...(body.parallel_tool_calls === false && { oneCall: true }),
    ...formatIn(body.response_format),
    maxTokens,
    ...(effort && { effort }),
    sampling: Object.fromEntries(sampling),
    ignored: [],
  }
}

function messagesIn(sent: LLMChatBody['messages']): Message[] {
  const messages: Message[] = []
  const calls = new Map<string, string>()
  const say = (block: UserBlock) => {
    const last = messages.at(-1)
    if (last?.role === 'user') last.content.push(block)
    else messages.push({ role: 'user', content: [block] })
  }
  for (const [at, { role, content = '', tool_calls = [], tool_call_id: of }] of sent.entries()) {
    if (role === 'user') say({ type: 'text', text: content })
    if (role === 'tool') {
      if (!of) throw new RuntimeError('invalid_request', `messages.${at}.tool_call_id is missing`)
      say({ type: 'tool_result', tool_use_id: of, name: calls.get(of) ?? 'tool', text: content, is_error: false })
    }
    if (role !== 'assistant') continue
    for (const { id, name } of tool_calls) calls.set(id, name)
    const blocks: AssistantBlock[] = tool_calls.map((call) => ({ type: 'tool_use', ...call }))
    messages.push({ role, content: content === '' ? blocks : [{ type: 'text', text: content }, ...blocks] })
  }
  if (messages.length === 0) throw new RuntimeError('invalid_request', 'messages must have one of the user')
  return messages
}
