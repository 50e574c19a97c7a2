import type { Message, ModelRequest, ProviderEvent, ToolSpec } from '../provider.ts'

export function aRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: 'some-model',
    agent: 'tester',
    runId: 'r_1',
    system: [{ text: 'Be brief.' }],
    messages: [aUser('Hello')],
    tools: [],
    ...changes,
  }
}

export function aUser(text: string): Message {
  return { role: 'user', content: [{ type: 'text', text }] }
}

export function aTool(name: string, input_schema: ToolSpec['input_schema'] = { type: 'object' }): ToolSpec {
  return { name, description: `Does ${name}.`, input_schema }
}

/** A call and its result, ready to be answered. */
export function aToolExchange(name: string, result: string, reasoning?: string): Message[] {
  const call = { type: 'tool_use' as const, id: 'call_1', name, input: { at: 'home' } }
  return [
    aUser('Look it up'),
    { role: 'assistant', content: [{ type: 'text', text: 'Looking.' }, call], ...(reasoning ? { reasoning } : {}) },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', name, text: result, is_error: false }] },
  ]
}

export async function collect(events: AsyncIterable<ProviderEvent>): Promise<ProviderEvent[]> {
  const all: ProviderEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

export function textOf(events: readonly ProviderEvent[], type: 'text' | 'thinking' = 'text'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('')
}

export function callsOf(events: readonly ProviderEvent[]) {
  return events.filter((event) => event.type === 'tool_call').map(({ id, name, input }) => ({ id, name, input }))
}
