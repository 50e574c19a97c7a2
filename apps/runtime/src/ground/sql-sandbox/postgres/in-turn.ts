import type pg from 'pg'

/**
 * Changes roles, grants and schemas with nobody else at it, whichever processes: the server's own tables of these do not
 * take two changes at once. `books` is the table where they are written down.
 */
export async function changeInTurn(
  pool: pg.Pool,
  books: string,
  change: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = '20s'`)
    await client.query(`lock table ${books} in share row exclusive mode`)
    await change(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
