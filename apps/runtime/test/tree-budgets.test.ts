import { describe, expect, it } from 'vitest'
import { countTreeUsage, treeUse } from '../src/engine/rows/trees.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { gate } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const spawns = (count: number) => ({
  op: 'parallel_spawn',
  spawns: Array.from({ length: count }, (_, i) => ({ name: 'greedy', prompt: `part ${i}` })),
})

/** Starts so many of itself whenever it is asked something, and tells what came of it. */
function greedy(calls: { count: number }, count: number): ScriptedModel {
  return ({ messages }) => {
    calls.count++
    const results = messages.at(-1)!.content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : []))
    return results.length > 0 ? { text: results.join('\n') } : { tool_calls: [{ name: 'Agent', input: spawns(count) }] }
  }
}

async function runsOf({ ctx }: TestRuntime) {
  const [row] = await ctx.db.all<{ n: number }>('select count(*) as n from runs where parent_run_id is not null', [])
  return row!.n
}

async function ask(runtime: TestRuntime) {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'greedy', segments: say('go') }))
  await reader.toEnd()
  return reader
}

describe('agents that start agents', () => {
  it('are as many as one request may have, however many levels there are; those that are too many are refused in words', async () => {
    const calls = { count: 0 }
    const runtime = await startRuntime({
      models: { greedy: greedy(calls, 8) },
      env: { LOOMCYCLE_TREE_MAX_RUNS: '20' },
    })
    const reader = await ask(runtime)
    expect(await runsOf(runtime)).toBe(20)
    expect(calls.count).toBeLessThanOrEqual(2 * 21)
    expect(reader.text()).toContain('reached their limit for runs together (20)')
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
  })

  it('are as many as may be at work at once', async () => {
    const asking = greedy({ count: 0 }, 6)
    let most = 0
    const counted: ScriptedModel = async (request) => {
      const [row] = await runtime.ctx.db.all<{ n: number }>(
        "select count(*) as n from runs where parent_run_id is not null and status = 'running'",
        [],
      )
      most = Math.max(most, row!.n)
      return asking(request)
    }
    const runtime = await startRuntime({ models: { greedy: counted }, env: { LOOMCYCLE_TREE_MAX_RUNS_AT_ONCE: '8' } })
    const reader = await ask(runtime)
    expect(most).toBeGreaterThanOrEqual(6)
    expect(most).toBeLessThanOrEqual(8)
    expect(reader.text()).toContain('limit for runs at once together (8)')
  })

  it('make as many model calls as one request may, and their first one can still say what came of it', async () => {
    const calls = { count: 0 }
    const runtime = await startRuntime({
      models: { greedy: greedy(calls, 4) },
      env: { LOOMCYCLE_TREE_MAX_MODEL_CALLS: '10' },
    })
    const reader = await ask(runtime)
    // The first call was made before there was a tree.
    expect(calls.count).toBeLessThanOrEqual(12)
    expect(reader.text()).toContain('limit for model calls together (10)')
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
  })

  it('read and write as many tokens as one request may', async () => {
    const calls = { count: 0 }
    const runtime = await startRuntime({
      models: { greedy: greedy(calls, 4) },
      env: { LOOMCYCLE_TREE_MAX_TOKENS: '300' },
    })
    const reader = await ask(runtime)
    expect(reader.text()).toContain('limit for tokens together (300)')
    expect(calls.count).toBeLessThan(40)
  })

  it('are charged for what is put into a cache, and not for what is read from it', async () => {
    const runtime = await startRuntime({ models: { quick: () => ({ text: 'Hello.' }) } })
    const talk = converse(clientOf(runtime), 'quick', 'hi')
    await talk.until('awaiting_input')
    const { runId } = talk.session
    const { tokens } = await treeUse(runtime.ctx.db, runId)
    const usage = { input_tokens: 1, output_tokens: 20 }
    const cached = { ...usage, cache_creation_input_tokens: 300, cache_read_input_tokens: 4000 }
    await runtime.ctx.db.write([countTreeUsage(runId, usage), countTreeUsage(runId, cached)])
    expect((await treeUse(runtime.ctx.db, runId)).tokens - tokens).toBe(21 + 321)
  })

  it('are charged for their summaries as well', async () => {
    const asked = { turns: 0, summaries: 0 }
    const full = { usage: { input_tokens: 80, output_tokens: 10, max_context_tokens: 100 } }
    const worker: ScriptedModel = ({ tools }) => {
      if (tools.length === 0) {
        asked.summaries++
        return { text: 'S', usage: { input_tokens: 1000, output_tokens: 1 } }
      }
      if (++asked.turns > 1) return { text: 'done', ...full }
      return { tool_calls: [{ name: 'Context', input: { op: 'time' } }], ...full }
    }
    const boss: ScriptedModel = ({ messages }) =>
      messages.length > 1
        ? { text: 'done' }
        : { tool_calls: [{ name: 'Agent', input: { name: 'worker', prompt: 'x' } }] }
    const runtime = await startRuntime({
      models: { boss, worker },
      agents: { worker: { compaction: { enabled: true, keep_last_n: 0 } } },
    })
    const talk = converse(clientOf(runtime), 'boss', 'go')
    await talk.until('awaiting_input')
    const use = await treeUse(runtime.ctx.db, talk.session.runId!)
    expect(asked).toEqual({ turns: 2, summaries: 1 })
    expect(use.tokens).toBeGreaterThan(1000)
    // Two of the worker’s, its summary, and the one in which the boss says what came of it.
    expect(use.modelCalls).toBe(4)
  })

  it('have what their first agent says, over what the operator says', async () => {
    const runtime = await startRuntime({
      models: { greedy: greedy({ count: 0 }, 8) },
      agents: { greedy: { tree: { runs: 3 } } },
      env: { LOOMCYCLE_TREE_MAX_RUNS: '20' },
    })
    await ask(runtime)
    expect(await runsOf(runtime)).toBe(3)
  })

  it('have a budget again when somebody says something', async () => {
    const runtime = await startRuntime({
      models: { greedy: greedy({ count: 0 }, 4) },
      env: { LOOMCYCLE_TREE_MAX_RUNS: '4' },
    })
    const talk = converse(clientOf(runtime), 'greedy', 'go')
    await talk.until('awaiting_input')
    expect(await runsOf(runtime)).toBe(4)
    await talk.session.send('again')
    await talk.until('steer', (event) => event.user_input?.text === 'again')
    await talk.until('awaiting_input')
    expect(await runsOf(runtime)).toBe(8)
    expect(await treeUse(runtime.ctx.db, talk.session.runId!)).toMatchObject({ runs: 4, runsAtOnce: 0 })
  })

  it('have used what they have used, after a restart too', async () => {
    const at = gate()
    let calls = 0
    const held: ScriptedModel = async ({ messages }) => {
      calls++
      if (messages.length === 1) return { tool_calls: [{ name: 'Agent', input: { name: 'worker', prompt: 'x' } }] }
      return { tool_calls: [{ name: 'Agent', input: spawns(1) }] }
    }
    const options = {
      models: {
        boss: held,
        worker: async () => {
          void at.enter()
          return { hold: true }
        },
        greedy: () => ({ text: 'done' }),
      },
      env: { LOOMCYCLE_TREE_MAX_RUNS: '1' },
    }
    const runtime = await startRuntime(options)
    const talk = converse(clientOf(runtime), 'boss', 'go')
    await talk.until('spawn_child_started')
    const { runId } = talk.session
    await at.entered
    const next = await runtime.restart({
      models: {
        ...options.models,
        worker: () => ({ text: 'worked' }),
        boss: ({ messages }) => {
          calls++
          const results = messages.flatMap(({ content }) => content.filter((block) => block.type === 'tool_result'))
          return results.length === 1
            ? { tool_calls: [{ name: 'Agent', input: spawns(1) }] }
            : { text: results.map((block) => ('text' in block ? block.text : '')).join('\n') }
        },
      },
    })
    const again = new Reader(clientOf(next).attachInteractiveSession(runId!).events())
    await again.until('awaiting_input')
    expect(again.text()).toContain('limit for runs together (1)')
    expect(await runsOf(next)).toBe(1)
    expect(calls).toBe(3)
  })
})
