import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../src/testing/fixed-seed.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedCall, ScriptedTurn } from '../src/models/providers/scripted/turn.ts'
import { playing } from '../src/testing/asking.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { placed } from '../src/testing/user-sql.ts'

type Input = Record<string, unknown>

/** Plays the turns that its first message names, whoever asks. */
function startPlayer() {
  const plays: ScriptedTurn[][] = []
  const runtime = startRuntime({
    models: {
      model: (request) => {
        const [said] = request.messages[0]!.content
        const turns = plays[Number(said?.type === 'text' ? said.text : '')]!
        return turns[request.messages.filter(({ role }) => role === 'assistant').length] ?? { text: 'over' }
      },
    },
    env: { LOOMCYCLE_SQLMEM_ENABLED: '1' },
    agents: { model: { sqlScopes: ['user', 'run'] } },
  })
  return { runtime, play: (turns: ScriptedTurn[]) => plays.push(turns) - 1 }
}

/** What the calls answered, in the order they were written, for a user of their own. */
async function answers(runtime: TestRuntime, play: number, user: string): Promise<string[]> {
  const reader = new Reader(
    clientOf(runtime).runStreaming({ agent: 'model', segments: say(String(play)), userId: user }),
  )
  await reader.toEnd()
  const results = reader.events.filter((event) => event.type === 'tool_result')
  return results.toSorted((a, b) => Number(a.tool_use!.id) - Number(b.tool_use!.id)).map(({ text }) => text!)
}

const key = fc.constantFrom('a', 'b')
const small = fc.integer({ min: 0, max: 9 })
const memory = fc.oneof<fc.Arbitrary<Input>[]>(
  fc.record({ op: fc.constant('get'), key }),
  fc.record({ op: fc.constant('set'), key, value: small }),
  fc.record({ op: fc.constant('incr'), key }),
  fc.record({ op: fc.constant('delete'), key }),
  fc.record({ op: fc.constant('list') }),
)
const sql = fc.oneof<fc.Arbitrary<Input>[]>(
  fc.record({ op: fc.constant('sql_exec'), statement: fc.constant('CREATE TABLE IF NOT EXISTS t (n INTEGER)') }),
  fc.record({
    op: fc.constant('sql_exec'),
    statement: fc.constant(placed('INSERT INTO t VALUES (?)')),
    args: fc.tuple(small),
  }),
  fc.record({ op: fc.constant('sql_exec'), statement: fc.constant('UPDATE t SET n = n * 2') }),
  fc.record({ op: fc.constant('sql_query'), statement: fc.constant('SELECT count(*), sum(n) FROM t') }),
  fc.record({ op: fc.constantFrom('sql_begin', 'sql_commit', 'sql_rollback') }),
)
const call = fc.oneof(memory, sql).map((input): Input => ({ scope: 'user', ...input }))

const toCalls = (inputs: readonly Input[]): ScriptedCall[] =>
  inputs.map((input, n) => ({ id: String(n), name: 'Memory', input }))

describe('calls of one turn', () => {
  it('come out as if they had been made one by one', async () => {
    const { runtime: starting, play } = startPlayer()
    const runtime = await starting
    let users = 0
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 10 }), async (inputs) => {
        const calls = toCalls(inputs)
        const atOnce = play([{ tool_calls: calls }, { text: 'over' }])
        const oneByOne = play([...calls.map((each) => ({ tool_calls: [each] })), { text: 'over' }])
        const user = `u${++users}`
        expect(await answers(runtime, atOnce, user)).toEqual(await answers(runtime, oneByOne, `${user}-alone`))
      }),
      { numRuns: 20 },
    )
  })

  it('keep a transaction together', async () => {
    const { runtime: starting, play } = startPlayer()
    const runtime = await starting
    const on = { scope: 'user' }
    const number = play([
      {
        tool_calls: toCalls([
          { ...on, op: 'sql_exec', statement: 'CREATE TABLE t (n INTEGER)' },
          { ...on, op: 'sql_begin' },
          { ...on, op: 'sql_exec', statement: 'INSERT INTO t VALUES (1)' },
          { ...on, op: 'sql_rollback' },
          { ...on, op: 'sql_begin' },
          { ...on, op: 'sql_exec', statement: 'INSERT INTO t VALUES (2)' },
          { ...on, op: 'sql_commit' },
          { ...on, op: 'sql_query', statement: 'SELECT n FROM t' },
        ]),
      },
      { text: 'over' },
    ])
    expect((await answers(runtime, number, 'ada')).at(-1)).toBe('{"columns":["n"],"rows":[[2]],"truncated":false}')
  })

  it('do not wait for one that stands apart', async () => {
    const slow = gate()
    const [set, get] = toCalls([
      { op: 'set', scope: 'user', key: 'k', value: 1 },
      { op: 'get', scope: 'user', key: 'k' },
    ])
    const runtime = await startRuntime({
      models: {
        model: playing([{ tool_calls: [{ id: 'slow', name: 'Slow', input: {} }, set!, get!] }, { text: 'over' }]),
      },
      tools: [gatedTool('Slow', slow)],
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    await reader.until('tool_call', ({ tool_use }) => tool_use!.id === '1')
    await slow.entered
    expect(await reader.until('tool_result', ({ tool_use }) => tool_use!.id === '1')).toMatchObject({
      text: '{"value":1}',
    })
    slow.open('at last')
    await reader.toEnd()
  })

  it('are so many and no more: the model is told with the one behind them', async () => {
    const requests: ModelRequest[] = []
    const calls = toCalls(Array.from({ length: 20_000 }, () => ({ op: 'incr', scope: 'user', key: 'k' })))
    const runtime = await startRuntime({
      models: { model: playing([{ tool_calls: calls }, { text: 'over' }], requests) },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('go') }))
    await reader.toEnd()
    expect(reader.events.filter((event) => event.type === 'tool_call')).toHaveLength(129)
    const [assistant, results] = requests.at(-1)!.messages.slice(-2)
    expect(assistant!.content).toHaveLength(129)
    expect(results!.content).toHaveLength(129)
    expect(results!.content[127]).toMatchObject({ is_error: false, text: '{"value":128}' })
    expect(results!.content[128]).toMatchObject({
      is_error: true,
      text: expect.stringContaining('a turn may make 128 calls, and this is one more'),
    })
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
  })

  it('begin in order after a crash, too: what had not begun was not done, and is done then', async () => {
    const slow = gate()
    const requests: ModelRequest[] = []
    const change = gatedTool('Change', slow, { effect: 'changes' })
    const set = { id: 'set', name: 'Memory', input: { op: 'set', scope: 'user', key: 'k', value: 'after' } }
    const get = { id: 'get', name: 'Memory', input: { op: 'get', scope: 'user', key: 'k' } }
    const first = await startRuntime({
      models: {
        model: playing(
          [{ tool_calls: [{ id: 'change', name: 'Change', input: {} }, set, get] }, { text: 'over' }],
          requests,
        ),
      },
      tools: [change],
    })
    const talk = converse(clientOf(first), 'model', 'go')
    await talk.until('tool_call', ({ tool_use }) => tool_use!.id === 'get')
    await slow.entered
    expect(await first.ctx.db.all('select tool_use_id, state from tool_calls', [])).toEqual([
      { tool_use_id: 'change', state: 'started' },
    ])
    await first.crash()
    const second = await first.restart()
    await new Reader(clientOf(second).attachInteractiveSession(talk.session.runId).events()).until('awaiting_input')
    expect(requests.at(-1)!.messages.at(-1)!.content).toMatchObject([
      { tool_use_id: 'change', is_error: true, text: expect.stringContaining('nobody knows') },
      { tool_use_id: 'set', is_error: false },
      { tool_use_id: 'get', is_error: false, text: '{"value":"after"}' },
    ])
    expect(change.runs).toBe(1)
  })
})
