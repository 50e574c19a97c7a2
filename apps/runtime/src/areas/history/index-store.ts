import { type Kysely, sql } from 'kysely'
import type { Database } from '../../ground/db/database.ts'
import { rowsOf } from '../../ground/db/rows.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { toIndexText } from '../../ground/full-text/terms.ts'

import type { Reach } from './access.ts'
import { type Owners, ownerTokens, within } from './owners.ts'

type Db = Kysely<Schema>

export function listUnindexed(db: Database, limit: number): Promise<{ session_id: string; tenant_id: string }[]> {
  return db.read.selectFrom('chat_unindexed').select(['session_id', 'tenant_id']).limit(limit).execute()
}

/** The last event that is in the index. */
export async function findIndexed(tx: Db, sessionId: string): Promise<number> {
  const row = await tx.selectFrom('chat_indexed').select('seq').where('session_id', '=', sessionId).executeTakeFirst()
  return row?.seq ?? 0
}

function following(tx: Db, sessionId: string, after: number) {
  return tx.selectFrom('events').where('session_id', '=', sessionId).where('seq', '>', after).orderBy('seq')
}

export function listFollowingSizes(tx: Db, sessionId: string, after: number, limit: number) {
  return following(tx, sessionId, after).select(sql<number>`octet_length(payload)`.as('bytes')).limit(limit).execute()
}

export function listFollowing(tx: Db, sessionId: string, after: number, limit: number) {
  return following(tx, sessionId, after).select(['seq', 'run_id', 'at', 'type', 'payload']).limit(limit).execute()
}

export async function findOwners(tx: Db, sessionId: string): Promise<Owners> {
  return tx
    .selectFrom('sessions')
    .select(['tenant_id as tenantId', 'user_id as userId', 'agent'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow()
}

export async function appendTexts(tx: Db, sessionId: string, owners: Owners, texts: readonly string[]): Promise<void> {
  const tokens = ownerTokens(owners)
  for (const text of texts) {
    const row = { session_id: sessionId, text: text.toWellFormed() }
    const { n } = await tx.insertInto('chat_texts').values(row).returning('n').executeTakeFirstOrThrow()
    await tx
      .insertInto('chat_fts')
      .values({ rowid: n, words: toIndexText(text), owners: tokens })
      .execute()
  }
}

export async function markIndexed(
  tx: Db,
  { sessionId, tenantId, seq, isDone }: { sessionId: string; tenantId: string; seq: number; isDone: boolean },
): Promise<void> {
  await tx
    .insertInto('chat_indexed')
    .values({ session_id: sessionId, tenant_id: tenantId, seq })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ seq }))
    .execute()
  if (isDone) await tx.deleteFrom('chat_unindexed').where('session_id', '=', sessionId).execute()
}

export interface Hit {
  n: number
  session_id: string
}

export async function hasTexts(db: Database, sessionId: string): Promise<boolean> {
  return (await db.all('select 1 from chat_texts where session_id = ? limit 1', [sessionId])).length > 0
}

/** So many of a session. */
export function deleteTexts(sessionId: string, limit: number): Statement[] {
  const some = 'select n from chat_texts where session_id = ? order by n limit ?'
  const parameters = [sessionId, limit]
  return [
    { sql: `delete from chat_fts where rowid in (${some})`, parameters },
    { sql: `delete from chat_texts where n in (${some})`, parameters },
  ]
}

const mostHits = 2000

/** Best first, of those within a reach: what others have said takes nobody's place. */
export function findTexts(db: Db, reach: Reach, match: string): Promise<Hit[]> {
  const sql = `select t.n, t.session_id
    from (select rowid as n, rank from chat_fts(?) order by rank limit ?) as best
    join chat_texts as t on t.n = best.n order by best.rank`
  return rowsOf(db, sql, [within(reach, match), mostHits])
}

export async function textAt(db: Database, n: number): Promise<string> {
  return (await db.all<{ text: string }>('select text from chat_texts where n = ?', [n]))[0]?.text ?? ''
}
