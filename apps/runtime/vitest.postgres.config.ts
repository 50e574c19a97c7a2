import { defineConfig } from 'vitest/config'
import { sqliteOnly } from './src/testing/postgres/sqlite-only.ts'
import { shared } from './vitest.shared.ts'

/** The same tests on the other store. */
export default defineConfig({
  test: {
    ...shared,
    name: 'runtime-on-postgres',
    exclude: sqliteOnly,
    env: { LOOMCYCLE_TEST_STORE: 'postgres' },
    // As with journeys: a server beside it is later than a file, and a busy machine makes that show.
    retry: process.env.CI ? 2 : 0,
    globalSetup: ['src/testing/postgres/server.ts'],
  },
})
