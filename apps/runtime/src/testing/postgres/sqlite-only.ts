/** Tests of what only SQLite has. */
export const sqliteOnly = [
  'src/ground/db/*.test.ts',
  'src/ground/db/{data-dir,health}/*.test.ts',
  'src/ground/sql-sandbox/*.test.ts',
]
