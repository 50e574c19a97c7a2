import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'runtime',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // For what hangs; a slow machine fails nothing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['src/testing/fixed-seed.ts'],
  },
})
