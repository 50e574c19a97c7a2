import type { Mutation } from './mutation.ts'

const src = 'apps/runtime/src'
const postgres = `${src}/ground/db/postgres`
const database = [`${src}/ground/db/database.test.ts`]
const processes = [`${postgres}/postgres-database.test.ts`]
const moving = ['apps/runtime/test/moving-house.test.ts']
const channels = [`${src}/areas/channels/replicas.test.ts`]

/** What is Postgres's alone. */
export const onPostgres: readonly Mutation[] = [
  {
    name: 'postgres/commit-that-nobody-heard-of-is-refused',
    file: `${postgres}/commit-writer.ts`,
    find: 'return this.#deps.hasCommitted(transaction.id!, serverPid)',
    replacement: 'return false',
    tests: processes,
  },
  {
    name: 'postgres/commit-that-got-lost-is-told-as-done',
    file: `${postgres}/commit-writer.ts`,
    find: 'if (!happened) throw undone()',
    replacement: '',
    tests: processes,
  },
  {
    name: 'postgres/a-broken-connection-is-kept',
    file: `${postgres}/commit-writer.ts`,
    find: 'if (this.#connection?.broken) this.#connection = undefined',
    replacement: '',
    tests: processes,
  },
  {
    name: 'postgres/whoever-reads-first-is-not-alone',
    file: `${postgres}/commit-writer.ts`,
    find: "return followsCommits ? 'alone' : 'together'",
    replacement: "return 'work' in job && !followsCommits ? 'alone' : 'together'",
    tests: processes,
  },
  {
    name: 'postgres/units-that-cross-are-refused',
    file: `${postgres}/commit-writer.ts`,
    find: "if (!wasCrossed(error) || sharing === 'alone') throw error",
    replacement: 'throw error',
    tests: processes,
  },
  {
    name: 'postgres/what-was-to-change-need-not',
    file: `${postgres}/commit-writer.ts`,
    find: 'mustChange && changed[first + at] === 0',
    replacement: 'mustChange && changed[first + at] === -1',
    tests: database,
  },
  {
    name: 'postgres/steps-are-not-undone',
    file: `${postgres}/transaction.ts`,
    find: "await this.#connection.say('rollback to step')",
    replacement: '',
    tests: database,
  },
  {
    name: 'postgres/ticks-of-others-are-not-heard',
    file: `${postgres}/commit-writer.ts`,
    find: 'ticks.hear(last)',
    replacement: '',
    tests: channels,
  },
  {
    name: 'postgres/ticks-are-not-kept',
    file: `${postgres}/commit-writer.ts`,
    find: 'if (ticks && ticks.last !== heard)',
    replacement: 'if (ticks && heard === -1n)',
    tests: channels,
  },
  {
    name: 'postgres/question-marks-in-texts-are-parameters',
    file: `${postgres}/translate.ts`,
    find: '(at % 2 === 1 ? part :',
    replacement: '(at < 0 ? part :',
    tests: [`${postgres}/translate.test.ts`],
  },
  {
    name: 'postgres/hints-that-may-be-lost-are-not-looked-for',
    file: `${postgres}/hints.ts`,
    find: 'await this.#test(client)\n      this.#hear.onMissed()',
    replacement: 'await this.#test(client)',
    tests: processes,
  },
  {
    name: 'postgres/hints-come-back-to-their-sender',
    file: `${postgres}/hints.ts`,
    find: 'if (from === this.#me) this.#heardMyself()\n    else for',
    replacement: 'if (from === this.#me) this.#heardMyself()\n    for',
    tests: processes,
  },
  {
    name: 'moving/only-counts-are-compared',
    file: `${postgres}/moving/move-from-sqlite.ts`,
    find: 'was.rows !== is.rows || was.sha256 !== is.sha256',
    replacement: 'was.rows !== is.rows',
    tests: moving,
  },
  {
    name: 'moving/into-what-is-not-empty',
    file: `${postgres}/moving/move-from-sqlite.ts`,
    find: 'if (rows.length > 0) throw',
    replacement: 'if (rows.length > 1) throw',
    tests: moving,
  },
  {
    name: 'moving/half-of-another-database',
    file: `${postgres}/moving/move-from-sqlite.ts`,
    find: 'if (rows[0]?.mark === mark) return',
    replacement: 'if (rows[0]) return',
    tests: moving,
  },
  {
    name: 'moving/starts-on-a-half',
    file: `${postgres}/migrator.ts`,
    find: '  if (isMoving) {',
    replacement: '  if (isMoving && missing.length > 0) {',
    tests: moving,
  },
  {
    name: 'moving/numbers-begin-anew',
    file: `${postgres}/moving/move-from-sqlite.ts`,
    find: 'for (const { of, column, sequence } of numbered)',
    replacement: 'for (const { of, column, sequence } of numbered.slice(0, 0))',
    tests: moving,
  },
  {
    name: 'postgres/whatever-speaks-of-a-connection-is-an-outage',
    file: `${postgres}/errors.ts`,
    find: ' || Object.getPrototypeOf(error) !== Error.prototype',
    replacement: '',
    tests: database,
  },
  {
    name: 'postgres/lists-with-a-nul-are-no-json',
    file: `${postgres}/migrations/060-functions.ts`,
    find: "strpos(list, '\\\\u0000') = 0",
    replacement: 'true',
    tests: database,
  },
  {
    name: 'moving/pages-by-keys-as-they-arrive',
    file: `${postgres}/moving/rows.ts`,
    find: 'last = key.map((column) => row[column])',
    replacement: 'last = key.map((column) => toParameter(row[column]))',
    tests: moving,
  },
]
