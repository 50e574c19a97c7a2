import { type Kysely, sql } from 'kysely'

/**
 * A full-text index puts its parts together while something is written to it. Left to itself it does so with all of a
 * part where much of that was deleted, and with all of a level where many small parts are: a third of a second with
 * 50 000 chunks, for whoever happens to write. So it does no more at a time than goes with what is written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of ['chunk_fts', 'chat_fts']) {
    for (const [option, value] of [
      ['deletemerge', 0],
      ['crisismerge', 1000],
      ['automerge', 16],
    ] as const) {
      await sql`insert into ${sql.ref(index)} (${sql.ref(index)}, rank) values (${sql.lit(option)}, ${sql.lit(value)})`.execute(
        db,
      )
    }
  }
}
