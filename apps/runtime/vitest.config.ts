import { defineConfig } from 'vitest/config'
import { postgresOnly } from './src/testing/postgres/postgres-only.ts'
import { sqliteOnly } from './src/testing/postgres/sqlite-only.ts'

/** What the suite has on whatever store. */
const test = {
  // A busy machine is late; what never comes is noticed all the same.
  expect: { poll: { timeout: 10_000 } },
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  // For what hangs; a slow machine fails nothing.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  setupFiles: ['src/testing/fixed-seed.ts'],
}

const postgres = {
  ...test,
  name: 'runtime-on-postgres',
  exclude: [...sqliteOnly],
  env: { LOOMCYCLE_TEST_STORE: 'postgres' },
  globalSetup: ['src/testing/postgres/server.ts'],
}

export default defineConfig({
  test:
    process.env.LOOMCYCLE_TEST_STORE === 'postgres'
      ? postgres
      : { ...test, name: 'runtime', exclude: [...postgresOnly] },
})
