import { toRequest as toAnthropic } from '../../../apps/runtime/src/models/providers/anthropic/to-request.ts'
import { toRequest as toGemini } from '../../../apps/runtime/src/models/providers/gemini/to-request.ts'
import { toRequest as toOpenAi } from '../../../apps/runtime/src/models/providers/openai/to-request.ts'
import type { Message, ModelRequest } from '../../../apps/runtime/src/models/providers/provider.ts'
import { validateAnthropic } from '../../../apps/runtime/src/models/providers/testing/validate-anthropic.ts'
import { validateGemini } from '../../../apps/runtime/src/models/providers/testing/validate-gemini.ts'
import { validateOpenAi } from '../../../apps/runtime/src/models/providers/testing/validate-openai.ts'
import { createToolNames } from '../../../apps/runtime/src/models/providers/tools/tool-names.ts'

const GEMINI = 'gemini-2.5-flash'

/** Every request keeps the promises of a history, and every kind of service would take it. */
export function* requestComplaints(requests: readonly ModelRequest[]): Generator<string> {
  for (const request of requests) {
    const names = createToolNames(request.tools, request.messages)
    const complaint =
      historyComplaint(request.messages) ??
      validateAnthropic(toAnthropic({ ...request, model: 'claude-sonnet-4-5' }, names)) ??
      validateOpenAi(toOpenAi({ ...request, model: 'gpt-4.1' }, names, { service: 'openai' })) ??
      validateGemini(GEMINI, toGemini({ ...request, model: GEMINI }, names))
    if (complaint) yield `a request of ${request.runId} is not valid: ${complaint}`
  }
}

function historyComplaint(messages: readonly Message[]): string | undefined {
  let owed: string[] = []
  const ids = new Set<string>()
  for (const [at, message] of messages.entries()) {
    if (message.role !== (at % 2 === 0 ? 'user' : 'assistant')) return `message ${at} is from the ${message.role}`
    if (message.content.length === 0) return `message ${at} is empty`
    if (message.role === 'assistant') {
      owed = message.content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))
      if (owed.some((id) => ids.has(id))) return `message ${at} repeats a call's id`
      for (const id of owed) ids.add(id)
    } else {
      const given = message.content.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []))
      if (given.join() !== owed.join()) return `message ${at} answers ${given}, but ${owed} was called`
      if (message.content.slice(0, given.length).some((block) => block.type !== 'tool_result')) {
        return `message ${at} has something before its results`
      }
      owed = []
    }
  }
  return messages.at(-1)?.role === 'user' ? undefined : 'it does not end with the user'
}
