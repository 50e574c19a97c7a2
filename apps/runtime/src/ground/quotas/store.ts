import type { Place as ChannelPlace } from '../../areas/channels/place.ts'
import type { Database } from '../db/database.ts'
import { ourTurn } from '../in-turn.ts'

type Db = Pick<Database, 'all'>

/** Rows that are counted in one step; everybody else has a turn in between. */
const rowsAtOnce = 5_000

/** Numbers of the document places of a tenant, or of one of its scopes. */
export async function placesOf(
  db: Db,
  { tenantId, scope, scopeId }: { tenantId: string; scope?: string; scopeId?: string },
) {
  const one = scope === undefined ? '' : 'and scope = ? and scope_id = ?'
  const values = scope === undefined ? [tenantId] : [tenantId, scope, scopeId]
  return (await db.all<{ id: number }>(`select id from document_places where tenant_id = ? ${one}`, values)).map(
    ({ id }) => id,
  )
}

export async function measureDocuments(
  db: Db,
  places: readonly number[],
  of: 'documents' | 'chunks' | 'bytes',
): Promise<number> {
  let total = 0
  for (const place of places) {
    await ourTurn()
    const [row] = await db.all<{ n: number }>(
      of === 'chunks'
        ? 'select count(*) as n from live_chunks where place_id = ?'
        : 'select count(*) as n from live_documents where place_id = ?',
      [place],
    )
    total += of === 'bytes' ? await bytesIn(db, place) : row!.n
  }
  return total
}

async function bytesIn(db: Db, place: number): Promise<number> {
  const sql = `select max(n) as last, sum(bytes) as bytes from (
    select c.n, octet_length(t.body) + coalesce(octet_length(t.fields), 0) + coalesce(cast(t.asset ->> '$.size' as bigint), 0) as bytes
    from live_chunks as c join chunk_contents as t on t.n = c.n
    where c.document_id = ? and c.n > ? order by c.n limit ?) as page`
  let total = 0
  for (const { id } of await db.all<{ id: string }>('select id from live_documents where place_id = ?', [place])) {
    for (let after = 0; ; ) {
      const [row] = await db.all<{ last: number | null; bytes: number | null }>(sql, [id, after, rowsAtOnce])
      if (row?.last == null) break
      total += row.bytes ?? 0
      after = row.last
      await ourTurn()
    }
  }
  return total + (await bytesOfTypesIn(db, place))
}

async function bytesOfTypesIn(db: Db, place: number): Promise<number> {
  const sql = `select document_id, name, octet_length(fields) as bytes from chunk_types
    where place_id = ? and (document_id, name) > (?, ?) order by document_id, name limit ?`
  let total = 0
  for (let after = ['', '']; ; ) {
    const rows = await db.all<{ document_id: string; name: string; bytes: number }>(sql, [place, ...after, rowsAtOnce])
    total += rows.reduce((sum, { bytes }) => sum + bytes, 0)
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return total
    after = [last.document_id, last.name]
    await ourTurn()
  }
}

/** Deleted ones do not count, though they can be brought back for a while. */
async function measureUser(db: Db, tenantId: string, userId: string) {
  const sql = `select count(*) as sessions, coalesce(sum(bytes), 0) as bytes
    from sessions indexed by sessions_by_owner where tenant_id = ? and user_id = ? and deleted_at is null`
  return (await db.all<{ sessions: number; bytes: number }>(sql, [tenantId, userId]))[0]!
}

/** Of one user, or of all. */
export async function measureSessions(db: Db, { tenantId, userId }: { tenantId: string; userId?: string }) {
  if (userId !== undefined) return measureUser(db, tenantId, userId)
  const total = { sessions: 0, bytes: 0 }
  const next = `select min(user_id) as user from sessions indexed by sessions_by_owner
    where tenant_id = ? and user_id > ? and deleted_at is null`
  let user: string | null = ''
  while (user !== null) {
    const { sessions, bytes } = await measureUser(db, tenantId, user)
    total.sessions += sessions
    total.bytes += bytes
    user = (await db.all<{ user: string | null }>(next, [tenantId, user]))[0]!.user
    await ourTurn()
  }
  return total
}

export async function countChannels(db: Db, tenantId: string): Promise<number> {
  return (await db.all<{ n: number }>('select count(*) as n from channels where tenant_id = ?', [tenantId]))[0]!.n
}

export async function measureMessages(db: Db, { tenantId, channel, scope, scopeId }: ChannelPlace) {
  const total = { messages: 0, bytes: 0 }
  const sql = `select count(*) as messages, sum(bytes) as bytes, max(position) as last from (
    select position, octet_length(payload) as bytes from channel_messages
    where tenant_id = ? and channel = ? and scope = ? and scope_id = ? and position > ? order by position limit ?) as page`
  for (let after = ''; ; ) {
    const [row] = await db.all<{ messages: number; bytes: number | null; last: string | null }>(sql, [
      ...[tenantId, channel, scope, scopeId, after, rowsAtOnce],
    ])
    total.messages += row!.messages
    total.bytes += row!.bytes ?? 0
    if (row!.messages < rowsAtOnce || row!.last === null) return total
    after = row!.last
    await ourTurn()
  }
}
