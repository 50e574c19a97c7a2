import { eventsOf } from '../aftermath.ts'
import type { Scenario } from '../scenario.ts'
import { expectRun, expectRuns } from './expect.ts'
import { call, scripted } from './models.ts'

const filled = { input_tokens: 30_000, max_context_tokens: 32_000 }

/** By hand between two turns, by the agent in the middle of one, and by itself when the window is full. */
export const compacted: Scenario = {
  name: 'compaction',
  setup: () => ({
    models: {
      agent: scripted({
        tidy: [
          { text: 'First I tidy up.', tool_calls: [call('Context', { op: 'compact' }), call('Pay')] },
          { text: 'Tidy.' },
        ],
        fill: [{ tool_calls: [call('Look'), call('Pay')], usage: filled }, { text: 'Full.' }],
      }),
    },
    agents: { agent: { compaction: { enabled: true, keep_last_n: 1, autocompact_at_pct: 80 } } },
  }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'one', interactive: true })
    await client.parked(run)
    for (const text of ['two', 'three', 'tidy', 'four', 'five', 'fill', 'six']) {
      await client.say(run, text)
      await client.until(`${text} is heard`, () => run.has('steer', (data) => data.includes(`"${text}"`)))
      await client.parked(run)
      if (text === 'three') {
        await client.compact(run)
        // Where a process has ended meanwhile, the next one does it, while it says that the run is busy.
        await client.until('it is compacted', () => run.has('context_compaction'))
      }
    }
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: six' })
    const triggers = eventsOf(after, client.runs[0]!.id).flatMap(({ event }) =>
      event.type === 'context_compaction' ? [event.context_compaction.trigger] : [],
    )
    if (triggers.join() !== 'manual,self,auto') yield `the conversation was compacted ${triggers}`
  },
}
