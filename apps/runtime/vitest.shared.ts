/** What the suite has on whatever store. */
export const shared = {
  // A busy machine is late; what never comes is noticed all the same.
  expect: { poll: { timeout: 10_000 } },
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  // For what hangs; a slow machine fails nothing.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  setupFiles: ['src/testing/fixed-seed.ts'],
}
