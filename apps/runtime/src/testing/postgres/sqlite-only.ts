/** Tests of what only SQLite has. */
export const sqliteOnly = [
  'src/ground/db/*.test.ts',
  'src/ground/db/{data-dir,health}/*.test.ts',
  // How it goes about what it is asked.
  'src/areas/documents/store/plans.test.ts',
]
