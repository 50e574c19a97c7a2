/** Tests of what only Postgres has. */
export const postgresOnly = ['src/ground/sql-sandbox/postgres/*.test.ts']
