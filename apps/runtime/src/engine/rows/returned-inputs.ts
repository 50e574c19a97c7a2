import type { PromptSegment } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'

export function takeReturned(sessionId: string, by: string, at: number): Statement {
  return {
    sql: 'update returned_inputs set taken_by = ?, taken_at = ? where session_id = ? and taken_by is null',
    parameters: [by, at, sessionId],
  }
}

export async function countReturned(db: Database, sessionId: string): Promise<number> {
  const sql = 'select count(*) as n from returned_inputs where session_id = ? and taken_by is null'
  return (await db.all<{ n: number }>(sql, [sessionId]))[0]!.n
}

export interface ReturnedInput {
  id: string
  runId: string
  text: string
  segments?: PromptSegment[]
  createdAt: number
}

export async function listTaken(db: Database, sessionId: string, by: string): Promise<ReturnedInput[]> {
  const sql = `select id, run_id, text, segments, created_at from returned_inputs
    where session_id = ? and taken_by = ? order by n`
  const rows = await db.all<Row>(sql, [sessionId, by])
  return rows.map(({ id, run_id, text, segments, created_at }) => ({
    id,
    runId: run_id,
    text,
    ...(segments === null ? {} : { segments: JSON.parse(segments) as PromptSegment[] }),
    createdAt: created_at,
  }))
}

interface Row {
  id: string
  run_id: string
  text: string
  segments: string | null
  created_at: number
}

/** Whoever took them has them by now. */
export function forgetInputsTakenBefore(at: number, limit: number): Statement {
  return {
    sql: 'delete from returned_inputs where n in (select n from returned_inputs where taken_at < ? limit ?)',
    parameters: [at, limit],
  }
}
