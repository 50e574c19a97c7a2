import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Left alone, one core is kept free for somebody who works beside it.
    maxWorkers: '100%',
    projects: ['packages/*', 'apps/*', { test: { name: 'scripts', include: ['scripts/**/*.test.ts'] } }],
  },
})
