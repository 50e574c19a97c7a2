import type { Mutation } from './mutation.ts'

const src = 'apps/runtime/src'
const test = 'apps/runtime/test'

/** What others send: requests, and what models answer. */
export const doors: Mutation[] = [
  {
    name: 'turns/calls-without-bound',
    file: `${src}/engine/loop/turn.ts`,
    find: 'if (run.history.callsOfThisTurn.length > mostCalls) break',
    replacement: '',
    tests: [`${test}/calls-in-order.test.ts`],
  },
  {
    name: 'turns/call-too-many-made',
    file: `${src}/engine/loop/tool-calls.ts`,
    find: 'if (call === beyond && known === undefined)',
    replacement: 'if (call !== call)',
    tests: [`${test}/calls-in-order.test.ts`],
  },
  {
    name: 'models/backticks-forgotten-between-pieces',
    file: `${src}/models/providers/thinking-tags.ts`,
    find: 'const before = index === 0 ? ticks : 0',
    replacement: 'const before = 0',
    tests: [`${src}/models/providers/thinking-tags.test.ts`],
  },
  {
    name: 'models/quote-inside-of-arguments-ends-them',
    file: `${src}/models/providers/openai/arguments.ts`,
    find: "else if (character === '\\\\') this.#isEscaped = true",
    replacement: "else if (character === '\\\\') this.#isEscaped = false",
    tests: [`${src}/models/providers/openai/from-stream.test.ts`],
  },
]
