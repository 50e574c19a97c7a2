import type { Usage } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { findRun } from '../src/engine/rows/runs.ts'
import { wishTurnCancelled } from '../src/engine/rows/wishes.ts'
import { mostTries } from '../src/engine/work/giving-up.ts'
import { type Clock, systemClock } from '../src/ground/clock.ts'
import type { Provider, ProviderEvent } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { onSqlite } from '../src/testing/on-sqlite.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import type { Tool } from '../src/tools/tool.ts'

const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown

/** A model service whose turns go well until they are to be stored, with words still on their way to the disk. */
function breakingProvider(calls: { count: number }): Provider {
  return {
    id: 'breaking',
    listModels: async () => ['m'],
    preferredModel: () => 'm',
    capabilities: () => {
      if (calls.count > 0) throw new Error('no such capability')
      return { thinking: false, vision: false }
    },
    async *stream(): AsyncGenerator<ProviderEvent> {
      calls.count++
      yield { type: 'text', text: 'half ' }
      yield { type: 'text', text: 'said' }
      yield {
        type: 'done',
        stop_reason: 'end_turn',
        get usage(): Usage {
          throw new Error('no such capability')
        },
      }
    },
  }
}

const breaking = async (calls: { count: number }) =>
  startRuntime({
    providers: [breakingProvider(calls)],
    agents: { broken: { provider: 'breaking', model: 'm' } },
    models: { broken: () => ({ text: 'never asked' }) },
  })

/** Its answer breaks whoever looks at it. */
const rubbish = (meanwhile = async () => {}): Tool => ({
  name: 'Rubbish',
  description: 'answers with what nobody can store',
  inputSchema: { type: 'object', properties: {} },
  sideEffects: 'state',
  isIdempotent: () => true,
  effectOf: () => 'reads',
  async run() {
    await meanwhile()
    return {
      get text(): string {
        throw new Error('rubbish')
      },
    }
  },
})

/** Calls that tool, and answers what comes next. */
const oneRubbishCall = () => {
  let answers = 0
  const model: ScriptedModel = () =>
    answers++ === 0 ? { text: 'let me see', tool_calls: [{ name: 'Rubbish', input: {} }] } : { text: 'here I am' }
  return { model, answers: () => answers }
}

async function stateOf({ ctx }: TestRuntime, runId: string) {
  return (await findRun(ctx.db, runId))!
}

describe('what a loop throws', () => {
  it('ends a one-shot run at once, with an error and without another model call', async () => {
    const calls = { count: 0 }
    const runtime = await breaking(calls)
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'broken', segments: say('hi') }))
    await reader.toEnd()
    expect(reader.events.at(-1)).toMatchObject({ type: 'error', error: expect.stringContaining('no such capability') })
    expect(calls.count).toBe(1)
    const [{ run_id }] = (await runtime.ctx.db.all<{ run_id: string }>('select id as run_id from runs', [])) as [
      { run_id: string },
    ]
    expect((await stateOf(runtime, run_id)).state).toMatchObject({ status: 'failed' })
  })

  it('parks a conversation with an error, and the next thing said is heard', async () => {
    const { model, answers } = oneRubbishCall()
    const runtime = await startRuntime({ models: { model }, tools: [rubbish()] })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    await talk.until('error')
    await talk.until('awaiting_input')
    expect(answers()).toBe(1)
    await talk.session.send('are you there?')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('let me seehere I am')
    expect(answers()).toBe(2)
    const run = await stateOf(runtime, talk.session.runId!)
    expect(run).toMatchObject({ state: { phase: 'parked' }, tries: 0 })
  })

  it('takes with it the wish to stop that turn, which is not for the next one', async () => {
    let runId = ''
    const wishing = async () => runtime.ctx.db.write([wishTurnCancelled(runId, 'w_1', 'enough', 0)])
    const { model } = oneRubbishCall()
    const runtime = await startRuntime({ models: { model }, tools: [rubbish(wishing)] })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    runId = (await talk.until('agent')).run_id!
    await talk.until('error')
    await talk.until('awaiting_input')
    await talk.session.send('are you there?')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('let me seehere I am')
    expect(talk.types()).not.toContain('turn_cancelled')
  })

  it('is not tried for ever where it fails whatever is said', async () => {
    const calls = { count: 0 }
    const runtime = await breaking(calls)
    const talk = converse(clientOf(runtime), 'broken', 'hi')
    for (let said = 1; said <= mostTries; said++) {
      await talk.until('awaiting_input')
      await talk.session.send(`again ${said}`)
    }
    await talk.until('input_returned')
    await talk.until('error')
    expect(calls.count).toBe(1)
    expect((await stateOf(runtime, talk.session.runId!)).state).toMatchObject({ status: 'failed' })
  })
})

it('a run that kills the process each time is given up, and takes no other run with it', async () => {
  let runtime: TestRuntime
  let calls = 0
  const killer: ScriptedModel = async () => {
    calls++
    await runtime.crash()
    return { text: 'never' }
  }
  const slow: ScriptedModel = async () => {
    for (let n = 0; n < 50; n++) await new Promise(setImmediate)
    return { text: 'slowly' }
  }
  runtime = await startRuntime({ models: { killer, slow } })
  const client = clientOf(runtime)
  const neighbour = converse(client, 'slow', 'hi')
  await neighbour.until('session')
  converse(client, 'killer', 'hi')
    .toEnd()
    .catch(() => {})
  await expect.poll(() => calls).toBe(1)
  const runOf = async (agent: string) => {
    const [row] = await runtime.ctx.db.all<{ id: string }>('select id from runs where agent = ?', [agent])
    return stateOf(runtime, row!.id)
  }
  for (let lives = 1; calls === lives; lives++) {
    runtime = await runtime.restart()
    await expect.poll(async () => calls > lives || (await runOf('killer')).state.status).not.toBe('running')
  }
  expect((await runOf('killer')).state.status).toBe('failed')
  expect(calls).toBe(mostTries)
  await expect.poll(async () => (await runOf('slow')).state).toMatchObject({ status: 'running', phase: 'parked' })
})

onSqlite('a store that is down is no try', async () => {
  const retryAfterMs = 5_000
  let isDown = false
  let calls = 0
  const set = async (down: boolean) => {
    // As many as there are, or as many as there may ever be.
    await runtime.ctx.db.write([{ sql: `pragma max_page_count = ${down ? 1 : 2 ** 30}`, parameters: [] }])
    isDown = down
  }
  // It is up again when the runtime looks, and down as soon as there is something to store.
  const clock: Clock = {
    now: systemClock.now,
    after: (ms, callback) =>
      isDown && ms === retryAfterMs
        ? systemClock.after(0, () => void set(false).then(callback))
        : systemClock.after(ms, callback),
  }
  const model: ScriptedModel = async () => {
    if (++calls > mostTries + 2) return { text: 'at last' }
    await set(true)
    return { text: 'lost '.repeat(100_000) }
  }
  const runtime = await startRuntime({ models: { model }, clock })
  const talk = converse(clientOf(runtime), 'model', 'hi')
  await talk.until('awaiting_input')
  expect(talk.text()).toMatch(/at last$/)
  expect(calls).toBe(mostTries + 3)
})

it('a model is told where its input goes too deep, and the run goes on', async () => {
  const results: unknown[] = []
  const model: ScriptedModel = ({ messages }) => {
    const last = messages.at(-1)!.content.at(-1)!
    if (last.type === 'tool_result') results.push(last)
    return results.length > 0
      ? { text: 'I see' }
      : { tool_calls: [{ name: 'Memory', input: { op: 'set', value: deep(3000) } }] }
  }
  const runtime = await startRuntime({ models: { model } })
  const talk = converse(clientOf(runtime), 'model', 'hi')
  await talk.until('awaiting_input')
  expect(talk.text()).toBe('I see')
  expect(results).toEqual([
    expect.objectContaining({ is_error: true, text: expect.stringContaining('nested 100 levels deep') }),
  ])
})
