import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../ground/clock.ts'
import type { Message, ModelRequest, ProviderEvent, ToolSpec } from '../provider.ts'
import { createCodeJs } from './index.ts'

const provider = createCodeJs({ runSeconds: 120, isDeterministic: false }, systemClock)
afterAll(() => provider.close())

const op = (name: string, ...ops: string[]): ToolSpec => ({
  ...{ name, description: name },
  input_schema: { type: 'object', properties: { op: { enum: ops } } },
})
const tools = [
  op('Memory', 'get', 'set'),
  op('Agent', 'spawn', 'parallel_spawn'),
  { name: 'Read', description: 'reads', input_schema: { type: 'object' } },
  { name: 'mcp__a__b', description: 'elsewhere', input_schema: { type: 'object' } },
]

type Code = NonNullable<ModelRequest['code']>

function request(source: string, messages = said('go'), code: Partial<Code> = {}): ModelRequest {
  return {
    ...{ model: 'a', agent: 'a', runId: 'r', system: [], messages, tools },
    code: { source, agentId: 'a_1', tenantId: 't', userId: 'u', startedAt: 1_000, ...code },
  }
}

function said(text: string): Message[] {
  return [{ role: 'user', content: [{ type: 'text', text }] }]
}

async function step(asked: ModelRequest, signal = new AbortController().signal, by = provider) {
  const events: ProviderEvent[] = []
  for await (const event of by.stream(asked, signal)) events.push(event)
  return events
}

/** Steps until the code has ended, with every call answered by `answer`. */
async function play(
  source: string,
  answer: (call: { name: string; input: unknown }) => string | Error = () => '{}',
  code: Partial<Code> = {},
  by = provider,
) {
  const messages = said('go')
  const calls: { id: string; name: string; input: unknown }[] = []
  for (;;) {
    const events = await step(request(source, messages, code), undefined, by)
    const [first] = events
    if (first?.type === 'error') return { calls, messages, error: first.error.message, code: first.error.code }
    if (first?.type !== 'tool_call') return { calls, messages, text: first?.type === 'text' ? first.text : '', events }
    const done = events.at(-1)
    calls.push({ id: first.id, name: first.name, input: first.input })
    const text = answer(first)
    const isError = text instanceof Error
    messages.push({
      role: 'assistant',
      content: [{ type: 'tool_use', id: first.id, name: first.name, input: first.input }],
      ...(done?.type === 'done' && done.reasoning ? { reasoning: done.reasoning } : {}),
    })
    const result = { name: first.name, text: isError ? text.message : text, is_error: isError }
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: first.id, ...result }] })
  }
}

describe('code in place of a model', () => {
  it('makes one call a turn, knows again what the earlier ones were answered, and ends with what it returns', async () => {
    const played = await play(
      `function run({ prompt }) {
        const { value } = Memory.get({ scope: 'user', key: 'n' })
        Memory.set({ key: 'n', value: value + 1, scope: 'user' })
        return { final_text: prompt + ' ' + Read({ path: 'x' }) + ' ' + mcp__a__b().ok + value }
      }`,
      ({ name }) => ({ Memory: '{"value":3}', Read: '{"value":3}', mcp__a__b: '{"ok":true}' })[name]!,
    )
    expect(played.calls).toEqual([
      { id: 'cj-1-0', name: 'Memory', input: { op: 'get', scope: 'user', key: 'n' } },
      { id: 'cj-2-1', name: 'Memory', input: { op: 'set', scope: 'user', key: 'n', value: 4 } },
      { id: 'cj-3-2', name: 'Read', input: { path: 'x' } },
      { id: 'cj-4-3', name: 'mcp__a__b', input: {} },
    ])
    expect(played.text).toBe('go {"value":3} true3')
    expect(played.events?.at(-1)).toMatchObject({
      stop_reason: 'end_turn',
      usage: { input_tokens: 0, output_tokens: 0, model: 'loomcycle/code-js' },
    })
  })

  it.each([
    ['return "plain"', 'plain'],
    ['return { a: [1, null] }', '{"a":[1,null]}'],
    ['return { final_text: { a: 1 } }', '{"a":1}'],
    ['return 7', '7'],
    ['return', ''],
    ['return Promise.resolve("later")', 'later'],
    ['return input.metadata', '{"agent":"a","board":{"a":1,"b":2},"user_id":"u"}'],
    ['return JSON.stringify(Object.keys(input))', '["metadata","prompt"]'],
    ['return typeof eval + typeof Function + typeof setTimeout + typeof require + typeof fetch', 'undefined'.repeat(5)],
    ['return typeof (() => {}).constructor("return 1")', 'object'],
    ['return typeof Channel + typeof Write', 'undefinedundefined'],
    ['return new Date().getTimezoneOffset() + " " + new Date(2020, 0, 1).toISOString()', '0 2020-01-01T00:00:00.000Z'],
    ['return Agent.spawn({ name: "b", prompt: "p" })', '{"n":1}'],
    ['try { Read({}); } catch (e) { return e.name + ": " + e.message }', 'ToolError: not there'],
    ['try { Memory.get(5); } catch (e) { return e.message }', 'Memory.get takes an object'],
  ])('%s', async (body, text) => {
    const answer = ({ name }: { name: string }) =>
      name === 'Read' ? new Error('not there') : '[sub-agent agent_id=a_9]\n{"n":1}'
    const metadata = { board: { b: 2, a: 1 } }
    expect(await play(`function run(input) { ${body} }`, answer, { metadata })).toMatchObject({ text })
  })

  it('stops at a call, whatever it catches', async () => {
    const source = 'function run() { try { Read({ at: 1 }) } catch {} return Memory.get({ key: "b" }) }'
    expect((await play(source)).calls.map(({ name }) => name)).toEqual(['Read', 'Memory'])
  })

  it('has a clock that begins with its run and random numbers that are the run’s, the same in every step', async () => {
    const source = `function run() {
      const first = [Date.now(), Math.random()]
      Read({ first })
      return [...first, Date.now()]
    }`
    const [one, other] = [await play(source), await play(source, undefined, { agentId: 'a_2', startedAt: 2_000 })]
    expect(one.calls[0]!.input).toEqual({ first: JSON.parse(one.text!).slice(0, 2) })
    expect(JSON.parse(one.text!)[0]).toBeLessThan(1_100)
    expect(JSON.parse(one.text!)[2]).toBe(JSON.parse(one.text!)[0] + 1)
    expect(JSON.parse(other.text!)[0]).toBeGreaterThanOrEqual(2_000)
    expect(JSON.parse(other.text!)[1]).not.toBe(JSON.parse(one.text!)[1])
    const fixed = createCodeJs({ runSeconds: 1, isDeterministic: true }, systemClock)
    const [two, three] = [
      await play(source, undefined, {}, fixed),
      await play(source, undefined, { agentId: 'a_2' }, fixed),
    ]
    expect(two.text).toBe(three.text)
    await fixed.close()
  })

  it('is begun anew by whatever is said after it has ended, and not by what is said while it works', async () => {
    const source = `function run({ prompt }) { return prompt + Read({}) }`
    const { messages } = await play(source, () => '1')
    messages.at(-1)!.content.push({ type: 'text', text: 'hurry' } as never)
    expect(await step(request(source, messages))).toMatchObject([{ text: 'go1' }, { type: 'done' }])
    messages.push({ role: 'assistant', content: [{ type: 'text', text: 'go1' }] }, ...said('again'))
    expect(await step(request(source, messages))).toMatchObject([{ type: 'tool_call', id: 'cj-3-0' }, {}])
  })

  it.each([
    ['other input', `function run() { return Read({ path: 'b' }) }`, 'call 1 was of Read and is Read {"path":"b"} now'],
    ['another tool', `function run() { return Memory.get({ path: 'a' }) }`, 'call 1 was of Read and is Memory'],
    ['fewer calls', `function run() {}`, 'made 1 calls before and ended after 0'],
    ['a caught one', `function run() { try { Read({}) } catch { return 'fine' } }`, 'call 1 was of Read'],
  ])('fails where it does something else than before: %s', async (_, changed, message) => {
    const { messages } = await play(`function run() { return Read({ path: 'a' }) }`)
    const [failure] = await step(request(changed, messages))
    expect(failure).toMatchObject({ error: { code: 'code_agent_replay_divergence', failureClass: 'permanent' } })
    expect(failure?.type === 'error' && failure.error.message).toContain(message)
  })

  it('compares what was asked for and not what is kept of it', async () => {
    const source = `function run() { return Read({ secret: 'shhh' }) }`
    const { messages } = await play(source, () => 'text')
    const [use] = messages[1]!.content
    if (use?.type === 'tool_use') use.input = { secret: '[redacted]' }
    expect(await step(request(source, messages))).toMatchObject([{ text: 'text' }, { type: 'done' }])
    if (messages[1]!.role === 'assistant') delete messages[1]!.reasoning
    expect(await step(request(source, messages))).toMatchObject([{ type: 'error' }])
  })

  it.each([
    ['not JavaScript', 'function run( {', 'code_agent_load', /SyntaxError/],
    ['no run', 'const ran = 1', 'code_agent_load', /there is no function run/],
    ['a module', 'export default function run() {}', 'code_agent_load', /no module, so write it without export/],
    ['throws as it is read', 'throw new Error("early")', 'code_agent_load', /Error: early \(line 1\)/],
    ['throws', '\n\nfunction run() { null.x }', 'code_agent_threw', /TypeError: .*\(line 3\)/],
    [
      'throws what cannot be shown',
      'function run() { throw new Proxy({}, { get() { throw 1 } }) }',
      'code_agent_threw',
      /shown/,
    ],
    ['a refused tool', 'function run() { Read({}) }', 'code_agent_threw', /ToolError: no such file/],
    ['waits for ever', 'async function run() { await new Promise(() => {}) }', 'code_agent_threw', /never comes/],
    ['rejects', 'async function run() { throw new Error("late") }', 'code_agent_threw', /Error: late/],
    ['deep recursion', 'function run() { return run() + 1 }', 'code_agent_threw', /stack overflow/],
    ['deep JSON', 'function run() { JSON.parse("[".repeat(1e6)) }', 'code_agent_threw', /stack overflow/],
    [
      'deep answers',
      'function run() { let a = []; for (let i = 0; i < 1e6; i++) a = [a]; return a }',
      'code_agent_threw',
      /./,
    ],
    [
      'deep input',
      'function run() { let a = {}; for (let i = 0; i < 1e6; i++) a = { a }; Read(a) }',
      'code_agent_threw',
      /./,
    ],
    ['one large text', 'function run() { return "x".repeat(2 ** 29) }', 'code_agent_threw', /out of memory/],
    ['a buffer', 'function run() { return new Uint8Array(1e9).length }', 'code_agent_threw', /out of memory/],
    [
      'much that adds up',
      'function run() { const a = []; for (;;) a.push(new Uint8Array(1e6)) }',
      'code_agent_threw',
      /out of memory/,
    ],
    ['a long answer', 'function run() { return "x".repeat(2 ** 21) }', 'code_agent_threw', /may have 1048576/],
    ['a long input', 'function run() { Read({ x: "x".repeat(2 ** 21) }) }', 'code_agent_threw', /may have 1048576/],
    ['a circle', 'function run() { const a = {}; a.a = a; Read(a) }', 'code_agent_threw', /circular/],
    [
      'a getter that throws',
      'function run() { Read({ get x() { throw new Error("got") } }) }',
      'code_agent_threw',
      /Error: got/,
    ],
    [
      'a proxy without end',
      'function run() { const p = new Proxy({}, { get: (t, k) => k === "toJSON" ? undefined : p, ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }); Read(p) }',
      'code_agent_threw',
      /./,
    ],
    [
      'a prototype that lies',
      'Object.prototype.toJSON = function () { return 5 }; function run() { Read({}) }',
      'code_agent_threw',
      /Read takes an object/,
    ],
  ])('fails and leaves everybody else alone: %s', async (_, source, code, message) => {
    const failed = await play(source, () => new Error('no such file'))
    expect(failed).toMatchObject({ code })
    expect(failed.error).toMatch(message)
    expect(await play('function run() { return "fine" }')).toMatchObject({ text: 'fine' })
  })

  it.each([
    ['a loop', 'for (;;) {}'],
    ['a loop that catches', 'for (;;) try { Read({ at: new Proxy({}, {}) }); throw 1 } catch { for (;;) {} }'],
    ['a loop inside of the engine', '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)'],
    ['a regular expression', '/(a+)+$/.test("a".repeat(60) + "b")'],
    ['a getter', 'Read({ get x() { for (;;) {} } })'],
  ])('ends with whoever ends its run: %s', async (_, body) => {
    const abort = new AbortController()
    // In its first step the second one makes a call.
    const first = step(request(`function run() { ${body} }`), abort.signal)
    expect(await play('function run() { return "meanwhile" }')).toMatchObject({ text: 'meanwhile' })
    abort.abort()
    const [event] = await first
    if (event?.type !== 'tool_call') expect(event).toMatchObject({ error: { code: 'code_agent_cancelled' } })
  })

  it('ends a step that computes for too long, and takes up those that wait for their turn', async () => {
    const timers: (() => void)[] = []
    const hasty = createCodeJs(
      { runSeconds: 1, isDeterministic: false },
      {
        now: () => 0,
        after(_, then) {
          timers.push(then)
          return () => {}
        },
      },
    )
    const endless = Array.from({ length: 3 }, () => step(request('function run() { for (;;) {} }'), undefined, hasty))
    const waiting = step(request('function run() { return 1 }'), undefined, hasty)
    const left = new AbortController()
    const gone = step(request('function run() { return 1 }'), left.signal, hasty)
    left.abort()
    expect(await gone).toMatchObject([{ error: { code: 'code_agent_cancelled' } }])
    await expect.poll(() => timers.length).toBe(3)
    for (const over of timers.splice(0)) over()
    for (const [event] of await Promise.all(endless))
      expect(event).toMatchObject({ error: { code: 'code_agent_timeout' } })
    expect(await waiting).toMatchObject([{ text: '1' }, {}])
    await hasty.close()
  })

  it('begins at once where others compute for long, and in turns', async () => {
    const stop = new AbortController()
    const over: string[] = []
    const ask = (tenantId: string, body: string) =>
      step(request(`function run() { ${body} }`, said('go'), { tenantId }), stop.signal).then((events) => {
        over.push(tenantId)
        return events
      })
    const endless = Array.from({ length: 8 }, () => ask('a', 'for (;;) {}'))
    await Promise.all([ask('b', 'return 1'), ask('b', 'return 2'), ask('c', 'return 3')])
    expect(over.sort()).toEqual(['b', 'b', 'c'])
    stop.abort()
    await Promise.all(endless)
  })

  it('takes a thread for the first step and none before', async () => {
    const fresh = createCodeJs({ runSeconds: 1, isDeterministic: false }, systemClock)
    expect(fresh.threads).toBe(0)
    await step(request('function run() {}'), undefined, fresh)
    expect(fresh.threads).toBe(1)
    await fresh.close()
    expect(fresh.threads).toBe(0)
  })

  it('says of code whether it can be read, without running it', async () => {
    expect(await provider.check('for (;;) {}\nfunction run() {}')).toBeUndefined()
    expect(await provider.check('function run( {')).toMatch(/./)
  })

  it('answers nothing but the runs of its agent', async () => {
    const { code: _, ...asked } = request('')
    expect(await step(asked)).toMatchObject([{ error: { code: 'code_agent_load' } }])
  })
})
