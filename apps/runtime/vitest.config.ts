import { defineConfig } from 'vitest/config'
import { postgresOnly } from './src/testing/postgres/postgres-only.ts'
import { shared } from './vitest.shared.ts'

export default defineConfig({ test: { ...shared, name: 'runtime', exclude: postgresOnly } })
