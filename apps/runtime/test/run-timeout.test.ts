import { expect, it } from 'vitest'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { ask as askFor, playing } from '../src/testing/asking.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const asks = playing([{ tool_calls: [askFor('Which?')] }, { text: 'fine' }])
const agents = { model: { interruption: { enabled: true } } }

it('a run that takes longer than it may has failed, whatever it waits for', async () => {
  const clock = createTestClock(1_000)
  const runtime = await startRuntime({ models: { model: asks }, agents, clock })
  const reader = new Reader(
    clientOf(runtime).runStreaming({ agent: 'model', segments: say('go'), runTimeoutSeconds: 5 }),
  )
  await reader.until('interruption_pending')
  await clock.fire(5_000)
  await reader.toEnd()
  expect(reader.types().slice(-3)).toEqual(['interruption_resolved', 'tool_result', 'error'])
  expect(reader.events.at(-1)).toMatchObject({
    error: 'the run took longer than 5 s, which is its run_timeout_seconds',
  })
  const [run] = await clientOf(runtime).listUserAgents('default', { status: 'failed' })
  expect(run).toMatchObject({ status: 'failed', stop_reason: 'run_timeout' })
})

it('a run in the middle of an answer ends as well, and one that is done in time is left alone', async () => {
  const clock = createTestClock(1_000)
  const runtime = await startRuntime({
    models: { slow: () => ({ text: 'half', hold: true }), fast: () => ({ text: 'whole' }) },
    clock,
  })
  const client = clientOf(runtime)
  const fast = new Reader(client.runStreaming({ agent: 'fast', segments: say('go'), runTimeoutSeconds: 5 }))
  await fast.toEnd()
  const slow = new Reader(client.runStreaming({ agent: 'slow', segments: say('go'), runTimeoutSeconds: 5 }))
  await slow.until('text')
  await clock.fire(5_000)
  await slow.toEnd()
  expect(slow.events.at(-1)).toMatchObject({ type: 'error' })
  expect(await client.listUserAgents('default', { status: 'completed' })).toHaveLength(1)
})

it('of a conversation each turn may take so long, and what waits for a person is no turn', async () => {
  const clock = createTestClock(1_000)
  const runtime = await startRuntime({ models: { model: asks }, agents, clock })
  const session = clientOf(runtime).interactiveSession({ agent: 'model', segments: say('go'), runTimeoutSeconds: 5 })
  const talk = new Reader(session.events())
  await talk.until('interruption_pending')
  await clock.fire(5_000)
  expect(await talk.until('turn_cancelled')).toMatchObject({
    turn_cancelled: { reason: 'the turn took longer than 5 s, which is its run_timeout_seconds' },
  })
  await talk.until('awaiting_input')
  expect(await runtime.ctx.db.all('select deadline from runs', [])).toEqual([{ deadline: null }])
  await session.send('again')
  await talk.until('awaiting_input')
  expect(talk.text()).toBe('fine')
})

it('a limit is still one after a restart, and is not that of what a run starts', async () => {
  const clock = createTestClock(1_000)
  const spawning = playing([{ tool_calls: [{ name: 'Agent', input: { name: 'child', prompt: 'work' } }] }])
  const runtime = await startRuntime({
    models: { spawning, child: () => ({ text: 'half', hold: true }) },
    clock,
    env: { LOOMCYCLE_DISCONNECT_GRACE_MS: '600000' },
  })
  const reader = new Reader(
    clientOf(runtime).runStreaming({ agent: 'spawning', segments: say('go'), runTimeoutSeconds: 5 }),
  )
  await reader.until('spawn_child_started')
  expect(await runtime.ctx.db.all('select agent, deadline from runs order by depth', [])).toEqual([
    { agent: 'spawning', deadline: 6_000 },
    { agent: 'child', deadline: null },
  ])
  await runtime.crash()
  const next = await runtime.restart()
  await clock.fire(5_000)
  await expect
    .poll(() => next.ctx.db.all('select status, stop_reason from runs order by depth', []))
    .toEqual([
      { status: 'failed', stop_reason: 'run_timeout' },
      { status: 'cancelled', stop_reason: 'parent run cancelled' },
    ])
})
