import { defineConfig, mergeConfig } from 'vitest/config'
import { sqliteOnly } from './src/testing/postgres/sqlite-only.ts'
import onSqlite from './vitest.config.ts'

/** The same tests on the other store. */
export default mergeConfig(
  onSqlite,
  defineConfig({
    test: {
      name: 'runtime-on-postgres',
      exclude: [...sqliteOnly],
      env: { LOOMCYCLE_TEST_STORE: 'postgres' },
      globalSetup: ['src/testing/postgres/server.ts'],
    },
  }),
)
