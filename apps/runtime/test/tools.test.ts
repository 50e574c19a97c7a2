import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel, ScriptedTurn } from '../src/models/providers/scripted/turn.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'
import type { Tool } from '../src/tools/tool.ts'
import { toolNames } from '../src/tools/tool-names.ts'

/** Plays its turns in order and keeps every request. */
function playing(turns: ScriptedTurn[], requests: ModelRequest[] = []): ScriptedModel {
  return (request) => {
    requests.push(structuredClone(request))
    return turns[requests.length - 1] ?? { text: 'over' }
  }
}

it('tools are known by name before there is a runtime that has them', async () => {
  for (const shells of [{}, { bash: { env: {} }, bashbox: { hostCommands: [], hostEnv: {} } }]) {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { model: playing([{ text: 'x' }], requests) }, config: { shells } })
    await new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') })).toEnd()
    expect(requests[0]!.tools.map(({ name }) => name).sort()).toEqual(toolNames({ shells }).sort())
  }
})

describe('tool calls', () => {
  it('run in parallel; events come as results land, the model sees them in call order', async () => {
    const requests: ModelRequest[] = []
    const a = gate()
    const b = gate()
    const runtime = await startRuntime({
      models: {
        model: playing(
          [
            {
              tool_calls: [
                { name: 'A', input: { n: 1 }, id: 'ca' },
                { name: 'B', input: { n: 2 }, id: 'cb' },
              ],
            },
            { text: 'done' },
          ],
          requests,
        ),
      },
      tools: [gatedTool('A', a), gatedTool('B', b)],
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    await reader.until('tool_call', (event) => event.tool_use!.id === 'cb')
    await Promise.all([a.entered, b.entered])
    b.open('from B')
    expect(await reader.until('tool_result')).toMatchObject({ tool_use: { id: 'cb', name: 'B' }, text: 'from B' })
    a.open('from A')
    expect(await reader.until('tool_result')).toMatchObject({ tool_use: { id: 'ca', name: 'A' }, text: 'from A' })
    await reader.toEnd()
    expect(requests[1]!.messages.at(-1)).toEqual({
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'ca', name: 'A', text: 'from A', is_error: false },
        { type: 'tool_result', tool_use_id: 'cb', name: 'B', text: 'from B', is_error: false },
      ],
    })
  })

  it('fail as results the model can read', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({
      models: {
        model: playing(
          [
            {
              tool_calls: [
                { name: 'Nope', input: {} },
                { name: 'Memory', input: { op: 'get' } },
              ],
            },
            { text: 'ok' },
          ],
          requests,
        ),
      },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    await reader.toEnd()
    const results = reader.events.filter((event) => event.type === 'tool_result')
    expect(results.map((event) => [event.tool_use!.name, event.is_error, event.text])).toEqual(
      expect.arrayContaining([
        ['Nope', true, expect.stringContaining('tool not found: Nope')],
        ['Memory', true, expect.stringContaining('get: ')],
      ]),
    )
    expect(reader.types().at(-1)).toBe('done')
  })

  it('get ids of their own where the service repeats them', async () => {
    const requests: ModelRequest[] = []
    const call = { name: 'Context', input: { op: 'time' }, id: 'call_0' }
    const runtime = await startRuntime({
      models: { model: playing([{ tool_calls: [call, call] }, { tool_calls: [call] }, { text: 'ok' }], requests) },
    })
    await new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') })).toEnd()
    const ids = requests[2]!.messages.flatMap((message) =>
      message.role === 'assistant'
        ? message.content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))
        : [],
    )
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
  })

  it('have names and ids of a bounded length, whatever a model says', async () => {
    const requests: ModelRequest[] = []
    const [name, id] = [`${'n'.repeat(199)}😀${'n'.repeat(100_000)}`, 'i'.repeat(100_000)]
    const runtime = await startRuntime({
      models: { model: playing([{ tool_calls: [{ name, id, input: {} }] }, { text: 'ok' }], requests) },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    await reader.toEnd()
    const kept = { id: expect.stringMatching(/^lc-\d+-\d+$/), name: `${'n'.repeat(199)}\ufffd…` }
    const result = reader.events.find((event) => event.type === 'tool_result')
    expect(reader.events.find((event) => event.type === 'tool_call')).toMatchObject({ tool_use: kept })
    expect(result).toMatchObject({ tool_use: kept, is_error: true })
    expect(result!.text).toContain('A name has at most 200 characters; this one was cut. The tools of this agent: ')
    expect(JSON.stringify(requests[1]!.messages).length).toBeLessThan(2000)
    expect(reader.types().at(-1)).toBe('done')
  })

  it('are never separated from their results by what somebody says meanwhile', async () => {
    const requests: ModelRequest[] = []
    const a = gate()
    const runtime = await startRuntime({
      models: { model: playing([{ tool_calls: [{ name: 'A', input: {}, id: 'ca' }] }, { text: 'heard' }], requests) },
      tools: [gatedTool('A', a)],
    })
    const client = clientOf(runtime)
    const talk = converse(client, 'model', 'go')
    await talk.until('tool_call')
    await a.entered
    await client.sendRunInput(talk.session.runId, 'hurry')
    a.open('late')
    await talk.until('awaiting_input')
    expect(
      talk.types().filter((type) => ['tool_call', 'tool_result', 'steer', 'awaiting_input'].includes(type)),
    ).toEqual(['steer', 'tool_call', 'tool_result', 'steer', 'awaiting_input'])
    expect(requests[1]!.messages.at(-1)!.content).toEqual([
      { type: 'tool_result', tool_use_id: 'ca', name: 'A', text: 'late', is_error: false },
      { type: 'text', text: 'hurry' },
    ])
  })

  it('are closed when the turn is stopped, and the next request is whole', async () => {
    const requests: ModelRequest[] = []
    const a = gate()
    const runtime = await startRuntime({
      models: {
        model: playing(
          [{ text: 'let me see', tool_calls: [{ name: 'A', input: {}, id: 'ca' }] }, { text: 'fine' }],
          requests,
        ),
      },
      tools: [gatedTool('A', a)],
    })
    const client = clientOf(runtime)
    const talk = converse(client, 'model', 'go')
    await talk.until('tool_call')
    await a.entered
    await client.cancelTurn(talk.session.runId)
    expect(await talk.until('tool_result')).toMatchObject({ is_error: true, text: 'cancelled by operator' })
    await talk.until('awaiting_input')
    await talk.session.send('what now')
    await talk.until('awaiting_input')
    expect(requests[1]!.messages.map((message) => message.content.map((block) => block.type))).toEqual([
      ['text'],
      ['text', 'tool_use'],
      ['tool_result', 'text'],
    ])
  })

  it('stop at the agent’s limit', async () => {
    const again: ScriptedModel = () => ({ tool_calls: [{ name: 'Context', input: { op: 'time' } }] })
    const runtime = await startRuntime({ models: { again }, agents: { again: { maxIterations: 3 } } })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'again', segments: say('go') }))
    await reader.toEnd()
    expect(reader.types().filter((type) => type === 'usage')).toHaveLength(3)
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'max_iterations' })
  })

  it('are on disk before they are run, but for those that only read', async () => {
    const noted: unknown[] = []
    const noting = (name: string, effect: 'reads' | 'changes'): Tool => ({
      ...gatedTool(name, gate(), { effect, idempotent: effect === 'reads' }),
      async run({ toolUseId }) {
        noted.push(await runtime.ctx.db.all('select tool_use_id, state from tool_calls', []))
        return { text: toolUseId }
      },
    })
    const tool_calls = [
      { name: 'Read', input: {}, id: 'read' },
      { name: 'Change', input: {}, id: 'change' },
    ]
    const runtime = await startRuntime({
      models: { model: playing([{ tool_calls }, { text: 'ok' }]) },
      tools: [noting('Read', 'reads'), noting('Change', 'changes')],
    })
    await new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') })).toEnd()
    expect(noted).toEqual([[], [{ tool_use_id: 'change', state: 'started' }]])
  })

  it('never show a secret, neither in the stream nor to the model', async () => {
    const requests: ModelRequest[] = []
    const a = gate()
    const runtime = await startRuntime({
      models: {
        model: playing([{ tool_calls: [{ name: 'A', input: { auth: 'hunter2-hunter2' } }] }, { text: 'ok' }], requests),
      },
      tools: [gatedTool('A', a)],
      config: { secrets: new Map([['MY_TOKEN', 'hunter2-hunter2']]) },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    await reader.until('tool_call')
    await a.entered
    a.open('the token is hunter2-hunter2')
    await reader.toEnd()
    expect(JSON.stringify(reader.events)).not.toContain('hunter2')
    expect(JSON.stringify(requests)).not.toContain('hunter2')
    expect(JSON.stringify(reader.events)).toContain('[redacted:MY_TOKEN]')
  })
})
