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
  {
    name: 'bodies/room-held-for-who-is-gone',
    file: `${src}/doors/http/bodies/body-admission.ts`,
    find: 'if (reply.raw.closed) giveBack()',
    replacement: 'if (reply.raw.closed) void giveBack',
    tests: [`${src}/doors/http/bodies/body-admission.test.ts`],
  },
  {
    name: 'sessions/idle-ones-found',
    file: `${src}/ground/identity/browser-sessions.ts`,
    find: 'session.created_at <= since.createdAt || session.last_used_at <= since.usedAt',
    replacement: 'session.created_at <= since.createdAt',
    tests: [`${src}/ground/identity/authenticate.test.ts`],
  },
  {
    name: 'sessions/ended-while-looked-up',
    file: `${src}/ground/identity/browser-sessions.ts`,
    find: 'if (endings === this.#endings) session',
    replacement: 'if (endings <= this.#endings) session',
    tests: [`${src}/ground/identity/authenticate.test.ts`],
  },
  {
    name: 'sql/environment-for-workers',
    file: `${src}/ground/sql-sandbox/worker-process.ts`,
    find: 'env: {},',
    replacement: 'env: process.env,',
    tests: [`${src}/ground/sql-sandbox/sql-sandbox.test.ts`],
  },
  {
    name: 'sql/with-that-nobody-may-count',
    file: `${src}/ground/sql-sandbox/authorizer.ts`,
    find: '(views.outer.has(table) || !views.hidden.has(table))',
    replacement: 'views.outer.has(table)',
    tests: [`${src}/ground/sql-sandbox/sql-sandbox.test.ts`],
  },
  ...[
    {
      name: 'sql/fields-that-call-functions',
      find: 'this.#mayBeField(namesOf(node.indirection))',
      replacement: 'namesOf(node.indirection)',
    },
    { name: 'sql/tables-of-the-system', find: '!isOfSystem(String(relname))', replacement: 'relname !== undefined' },
    { name: 'sql/types-that-look-names-up', find: '/^(reg|pg_|', replacement: '/^(pg_|' },
    {
      name: 'sql/rows-locked-inside',
      find: 'if (fields.lockingClause)',
      replacement: 'if (fields.lockingClause === 1)',
    },
    { name: 'sql/with-that-changes', find: 'mode, changeInside(root))', replacement: 'mode, undefined)' },
    { name: 'sql/functions-of-any-name', find: '&& isHarmlessInPostgres(name)\n', replacement: '\n' },
  ].map((one) => ({
    ...one,
    file: `${src}/ground/sql-sandbox/statement/read-postgres.ts`,
    tests: [`${src}/ground/sql-sandbox/statement/read-postgres.test.ts`],
  })),
  {
    name: 'redactor/next-text-taken-for-cut',
    file: `${src}/ground/config/redaction/stream-redactor.ts`,
    find: 'this.#isCut = false',
    replacement: 'this.#isCut ||= false',
    tests: [`${src}/ground/config/redaction/redactor.test.ts`],
  },
  {
    name: 'redactor/held-for-ever',
    file: `${src}/ground/config/redaction/stream-redactor.ts`,
    find: 'if (text.length - open <= mostHeld) {',
    replacement: 'if (open <= text.length) {',
    tests: [`${src}/ground/config/redaction/redactor.test.ts`],
  },
  {
    name: 'redactor/cut-context-taken-for-a-beginning',
    file: `${src}/ground/config/redaction/stream-redactor.ts`,
    find: 'this.#isCut ||= upTo > longestContext',
    replacement: 'this.#isCut = false',
    tests: [`${src}/ground/config/redaction/redactor.test.ts`],
  },
  {
    name: 'redactor/rest-of-a-long-key-told',
    file: `${src}/ground/config/redaction/stream-redactor.ts`,
    find: 'this.#context = key.name',
    replacement: '',
    tests: [`${src}/ground/config/redaction/private-keys.test.ts`],
  },
  {
    name: 'redactor/key-let-go-before-its-end',
    file: `${src}/ground/config/redaction/private-keys.ts`,
    find: 'isOpen: next === undefined && text.length <= reach',
    replacement: 'isOpen: next === undefined && text.length <= start + longestGap',
    tests: [`${src}/ground/config/redaction/private-keys.test.ts`],
  },
]
