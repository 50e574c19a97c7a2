import type { Clock } from '../../clock.ts'
import { tooLarge } from '../too-large.ts'
import type { RoleConnection } from './role-connection.ts'

const lookEveryMs = 500
const MiB = 1024 * 1024
/** What others may have written meanwhile, and what the server writes for itself. */
const slack = 64 * MiB

/** Of a scope, in bytes, as its own transaction sees it. */
export async function scopeSize(connection: RoleConnection): Promise<number> {
  const [row] = await connection.say<{ bytes: string | number }>(
    `select coalesce(sum(pg_catalog.pg_total_relation_size(oid)), 0) as bytes from pg_catalog.pg_class
      where relnamespace = $1::pg_catalog.regnamespace and relkind in ('r', 'm')`,
    [connection.login.schema],
  )
  return Number(row!.bytes)
}

/**
 * What a statement writes is seen by nobody before its end, but for the room it takes. Ends one that has taken much more
 * than its scope may have; the answer stops watching.
 */
export function watchGrowth(
  clock: Clock,
  connection: RoleConnection,
  { maxBytes, size }: { maxBytes: number; size: () => Promise<number> },
): () => void {
  let first: number | undefined
  let stop = () => {}
  let isOver = false
  const look = async () => {
    const now = await size().catch(() => 0)
    first ??= now
    if (isOver) return
    if (now > first + 2 * maxBytes + slack) connection.stop(`${tooLarge}; nothing of the statement was kept`)
    else stop = clock.after(lookEveryMs, () => void look())
  }
  stop = clock.after(lookEveryMs, () => void look())
  return () => {
    isOver = true
    stop()
  }
}
