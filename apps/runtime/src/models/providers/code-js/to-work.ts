import { canonicalJson } from '../../../ground/canonical-json.ts'
import type { CodeRun, Message, ModelRequest, ToolSpec } from '../provider.ts'
import { callKey } from './call-key.ts'
import type { Answer, CodeTool, CodeWork } from './messages.ts'

/** 2023-11-14T22:13:20Z, where every run is to have the same time. */
const FIXED_TIME = 1_700_000_000_000

/** Tools whose ops are functions of their own. */
const TOOLS_BY_OP = ['Memory', 'Channel', 'Agent']

/** What a history says of where the code is: what it was asked for, and what its calls since have been answered. */
export function toWork(request: ModelRequest, code: CodeRun, isDeterministic: boolean): CodeWork {
  const { agent, messages, tools } = request
  const start = Math.max(messages.findLastIndex(begins), 0)
  return {
    source: code.source,
    input: canonicalJson({
      prompt: textOf(messages[start]),
      metadata: { ...code.metadata, user_id: code.userId, agent },
    }),
    tools: tools.map(toCodeTool),
    answers: answersIn(messages.slice(start + 1)),
    seed: isDeterministic ? 1 : fnv32a(`${code.agentId}|${agent}`),
    startsAt: isDeterministic ? FIXED_TIME : code.startedAt,
  }
}

/** What is said while calls are answered comes with their answers: the code goes on, and is not begun anew. */
function begins({ role, content }: Message): boolean {
  return role === 'user' && content.every((block) => block.type !== 'tool_result')
}

function textOf(message: Message | undefined): string {
  return (message?.content ?? []).flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n')
}

function answersIn(messages: readonly Message[]): Answer[] {
  return messages.flatMap(({ content }, i) => {
    const asked = messages[i - 1]
    if (asked?.role !== 'assistant') return []
    return content.flatMap((block) => {
      if (block.type !== 'tool_result') return []
      const call = asked.content.find((one) => one.type === 'tool_use' && one.id === block.tool_use_id)
      const input = call?.type === 'tool_use' ? call.input : undefined
      const { name, text, is_error } = block
      // What was asked for is kept as it was: what is in the log may have been mended, or have had secrets in it.
      const key = asked.reasoning ?? callKey(name, canonicalJson(input))
      return [{ call: key, name, text: withoutMark(text), isError: is_error }]
    })
  })
}

/** What the runtime puts before what one sub-agent said. */
function withoutMark(text: string): string {
  return text.replace(/^\[sub-agent agent_id=[^\]\n]*\]\n/, '')
}

function toCodeTool({ name, input_schema }: ToolSpec): CodeTool {
  const isRead = TOOLS_BY_OP.includes(name) || name.startsWith('mcp__')
  if (!TOOLS_BY_OP.includes(name)) return { name, isRead }
  const { op } = (input_schema.properties ?? {}) as { op?: { enum?: string[]; const?: string } }
  return { name, ops: op?.enum ?? (op?.const ? [op.const] : []), isRead }
}

function fnv32a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
