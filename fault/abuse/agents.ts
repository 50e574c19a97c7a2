import type { RuntimeOptions } from '../../e2e/fixtures/runtime-process.ts'

const agent = (model: string) => ({ provider: 'scripted', model, system_prompt: 'You talk.' })

/** One that says what it is told, which may be much, and one that never ends. */
export const abusedAgents: RuntimeOptions = {
  config: { agents: { echo: agent('echo'), endless: agent('endless') } },
  scripts: {
    echo: { pace: { chunk_chars: 2000, delay_ms: 0 }, scenes: [{ turns: [{ text: 'You said: {{input}}' }] }] },
    endless: {
      pace: { chunk_chars: 10, delay_ms: 1000 },
      scenes: [{ turns: [{ text: 'And on and on it goes. '.repeat(1000) }] }],
    },
  },
  env: {
    LOOMCYCLE_SSE_KEEPALIVE_MS: '1000',
    LOOMCYCLE_DISCONNECT_GRACE_MS: '100',
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
  },
}
