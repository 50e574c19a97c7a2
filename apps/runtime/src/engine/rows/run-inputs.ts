import type { PromptSegment } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { live } from './runs.ts'

export interface RunInput {
  id: string
  /** What was said, in words. */
  text: string
  /** The whole turn, where it is more than the text. */
  segments?: PromptSegment[]
  source: 'api' | 'webui'
  createdAt: number
}

/** Stored only while the run is live and has room; otherwise the statement changes nothing. */
export function insertRunInput(tenantId: string, runId: string, input: RunInput, capacity: number): Statement {
  return {
    sql: `insert into run_inputs (id, tenant_id, run_id, text, segments, source, created_at)
      select ?, ?, id, ?, ?, ?, ? from runs where id = ? ${live}
      and (select count(*) from run_inputs where run_id = ? and kind = 'text') < ?`,
    parameters: [
      input.id,
      tenantId,
      input.text,
      input.segments ? JSON.stringify(input.segments) : null,
      input.source,
      input.createdAt,
      runId,
      runId,
      capacity,
    ],
    mustChange: true,
  }
}

/** And whatever else was wished of it. */
export function deleteRunInputs(runId: string): Statement {
  return { sql: 'delete from run_inputs where run_id = ?', parameters: [runId] }
}

/** In order of arrival. */
export async function listRunInputs(db: Database, runId: string): Promise<RunInput[]> {
  return (
    await db.all<InputRow>(
      "select id, text, segments, source, created_at from run_inputs where run_id = ? and kind = 'text' order by n",
      [runId],
    )
  ).map(({ id, text, segments, source, created_at }) => ({
    id,
    text,
    ...(segments === null ? {} : { segments: JSON.parse(segments) as PromptSegment[] }),
    source,
    createdAt: created_at,
  }))
}

interface InputRow {
  id: string
  text: string
  segments: string | null
  source: 'api' | 'webui'
  created_at: number
}

export async function countRunInputs(db: Database, runId: string): Promise<number> {
  return (
    await db.all<{ n: number }>(`select count(*) as n from run_inputs where run_id = ? and kind = 'text'`, [runId])
  )[0]!.n
}

export function deleteRunInput(inputId: string): Statement {
  return { sql: 'delete from run_inputs where id = ?', parameters: [inputId], mustChange: true }
}
