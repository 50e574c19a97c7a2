import type { Interrupt } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import { toInterrupt } from './interrupt.ts'
import { listOpenQuestions } from './store.ts'

/** What a run waits to be told by a person. */
export async function openQuestions(db: Kysely<Schema>, runId: string): Promise<Interrupt[]> {
  return (await listOpenQuestions(db, runId)).map(toInterrupt)
}
