/** Tests of what only SQLite has. */
export const sqliteOnly = [
  // How long its steps keep everybody else waiting.
  'src/areas/documents/large.test.ts',
  'src/ground/db/{checkpoints,commit-writer,migrator,reading-thread}.test.ts',
  'src/areas/documents/store/plans.test.ts',
  // They have it refuse what it is asked, by a word of its own.
  'test/failing-store.test.ts',
  'src/ground/db/{data-dir,health}/*.test.ts',
  'src/ground/sql-sandbox/*.test.ts',
]
