import type { RunEvent } from '@loomcycle/client'
import type { FakeAgent } from './fake-server.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const answer = `Here is what I found. **Everything is in order**, and \`launch-date\` is kept.

| Step | Owner | Due |
|---|---|---|
| Draft | writer | 12 June |
| Review | you | 20 June |

\`\`\`ts
// Every event is stored before it is sent.
export async function publish(run: Run, event: RunEvent): Promise<number> {
  const seq = await log.append(run.id, event)
  return hub.publish({ seq, event, at: 42 })
}
\`\`\`

1. Read the [documentation](https://example.org/docs)
2. Ask again
`

/** For looking at the app without a runtime: reasoning, tools of which one fails, and an answer with a bit of everything. */
export const demoAgent: FakeAgent = async (told, run, server) => {
  const say = async (event: RunEvent, ms = 40) => {
    await pause(ms)
    if (run.phase === 'working' && run.status === 'running') server.emit(run, event)
  }
  for (const word of `They ask: ${told}. Let me look at what is kept before I answer.`.split(' ')) {
    await say({ type: 'thinking', text: `${word} ` }, 60)
  }
  const calls = [
    { id: 'c1', name: 'Memory', input: { op: 'get', scope: 'user', key: 'launch-date' } },
    { id: 'c2', name: 'Context', input: { op: 'time' } },
    { id: 'c3', name: 'Memory', input: { op: 'get', scope: 'team', key: 'x' } },
    ...(told.includes('many')
      ? Array.from({ length: 6 }, (_, i) => ({
          id: `m${i}`,
          name: 'WebFetch',
          input: { url: `https://example.org/${i}` },
        }))
      : []),
  ]
  for (const tool_use of calls) await say({ type: 'tool_call', tool_use }, 150)
  await say({ type: 'usage', usage: { input_tokens: 1200, output_tokens: 80, max_context_tokens: 200_000 } })
  for (const tool_use of calls) {
    const failed = tool_use.id === 'c3'
    const text = failed
      ? 'scope "team" is not one of: agent, user'
      : tool_use.name === 'Memory'
        ? '{"value":"2026-06-30"}'
        : '{"now_rfc3339":"2026-06-01T10:00:00Z","unix_ms":1780308000000}'
    await say({ type: 'tool_result', tool_use, text, ...(failed ? { is_error: true } : {}) }, 400)
  }
  for (const piece of answer.match(/[\s\S]{1,6}/g) ?? []) await say({ type: 'text', text: piece }, 15)
  await say({ type: 'usage', usage: { input_tokens: 150_200, output_tokens: 310, max_context_tokens: 200_000 } })
}
