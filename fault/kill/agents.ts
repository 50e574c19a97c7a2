import type { RuntimeOptions, ScriptTurn } from '../../e2e/fixtures/runtime-process.ts'

const pace = { chunk_chars: 8, delay_ms: 4 }
const incr = (key: string) => ({ name: 'Memory', input: { op: 'incr', scope: 'user', key } })
const scripted = (model: string, more: Record<string, unknown> = {}) => ({
  provider: 'scripted',
  model,
  system_prompt: `You are the ${model}.`,
  tools: ['*'],
  memory_scopes: ['user'],
  ...more,
})

const counting: ScriptTurn[] = [
  {
    thinking: 'I shall count, and look around.',
    text: 'I count this and that, and look around meanwhile.',
    tool_calls: [incr('{{input}}-a'), { name: 'Context', input: { op: 'self' } }, incr('{{input}}-b')],
  },
  { tool_calls: [incr('{{input}}-c')] },
  { text: 'I have counted {{input}}, and that is all there is to say.' },
]

/** Agents whose every side effect can be told apart: each call counts under a key of its own. */
export const busyAgents: RuntimeOptions = {
  config: {
    concurrency: { max_concurrent_runs: 16, max_queue_depth: 64 },
    agents: {
      worker: scripted('worker'),
      parent: scripted('parent', { max_concurrent_children: 2 }),
      asker: scripted('asker', { interruption: { enabled: true } }),
    },
  },
  scripts: {
    worker: {
      pace,
      scenes: [
        { match: '^count', turns: counting },
        { match: '^talk', turns: [{ text: 'This is a long story about nothing at all. '.repeat(12) }] },
        { turns: [{ text: 'You said: {{input}}' }] },
      ],
    },
    parent: {
      pace,
      scenes: [
        {
          turns: [
            {
              text: 'Others shall do it.',
              tool_calls: [
                {
                  name: 'Agent',
                  input: {
                    op: 'parallel_spawn',
                    spawns: [1, 2, 3].map((n) => ({ name: 'worker', prompt: `count-{{input}}-${n}` })),
                  },
                },
                incr('{{input}}-p'),
              ],
            },
            { text: 'They have done it.' },
          ],
        },
      ],
    },
    asker: {
      pace,
      scenes: [
        {
          turns: [
            {
              text: 'I have to ask.',
              tool_calls: [
                incr('{{input}}-q'),
                { name: 'Interruption', input: { op: 'ask', question: 'May I?', options: ['yes', 'no'] } },
              ],
            },
            { text: 'Thank you.' },
          ],
        },
      ],
    },
  },
}
