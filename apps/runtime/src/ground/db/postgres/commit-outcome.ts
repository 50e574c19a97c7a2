import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'

const againAfterMs = 100

/**
 * Whether a transaction has happened whose commit nobody heard the end of. Asked until the server can say: where it goes
 * on for nobody, it is ended. Undefined where asking is given up.
 */
export async function commitOutcome(
  pool: pg.Pool,
  { id, serverPid }: { id: string; serverPid: number },
  isGivenUp: () => boolean,
): Promise<boolean | undefined> {
  while (!isGivenUp()) {
    try {
      const { rows } = await pool.query<{ status: string | null }>('select pg_xact_status($1::xid8) as status', [id])
      const status = rows[0]!.status
      if (status !== 'in progress') return status === 'committed'
      // By its number alone it could be somebody else by now.
      await pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_xid = ($2::text)::xid',
        [serverPid, String(BigInt(id) & 0xffff_ffffn)],
      )
    } catch {
      // It is not there yet.
    }
    await setTimeout(againAfterMs)
  }
  return undefined
}
