import type { TeamGraph } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import { findVersion } from '../../../engine/definitions/store.ts'
import { findActive } from '../../../engine/definitions/versions.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { parseJson } from '../../../ground/json.ts'

type Db = Kysely<Schema>

/** A team, as a card is held to it. */
export interface Team {
  name: string
  def_id: string
  graph: TeamGraph
}

/** The version in use under a name, if there is one. */
export async function findTeam(db: Db, tenantId: string, name: string): Promise<Team | undefined> {
  const row = await findActive(db, { tenantId, family: 'TeamDef', name })
  return row && { name, def_id: row.id, graph: parseJson(row.definition) as TeamGraph }
}

/** The team that a card is on its way through, in the version in which it began. */
export async function findTeamOfRun(
  db: Db,
  tenantId: string,
  { placeId, chunkId }: { placeId: number; chunkId: string },
): Promise<Team | undefined> {
  const run = await db
    .selectFrom('team_runs')
    .select(['name', 'def_id'])
    .where((e) => e.and({ place_id: placeId, chunk_id: chunkId }))
    .where('ended_at', 'is', null)
    .where('chunk_id', '<>', '')
    .executeTakeFirst()
  const row = run && (await findVersion(db, tenantId, 'TeamDef', run.def_id))
  return row && { name: run.name, def_id: row.id, graph: parseJson(row.definition) as TeamGraph }
}
