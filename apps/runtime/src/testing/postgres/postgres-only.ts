/** Tests of what only Postgres has. */
export const postgresOnly = [
  'src/areas/channels/replicas.test.ts',
  'src/ground/db/postgres/{aside,postgres-database}.test.ts',
  'src/ground/sql-sandbox/postgres/*.test.ts',
  'test/moving-house.test.ts',
]
