import type { Selectable } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ReplicasTable } from '../db/schema/replicas.ts'
import type { Statement } from '../db/statement.ts'
import type { SqlPart } from './replica-time.ts'

export type ReplicaRow = Selectable<ReplicasTable>

/** Who was not heard of for so long is dead, and what it had is taken over. */
export const deadAfterMs = 6_000

/** The instances that are alive; for a subquery. */
export function aliveInstances(now: SqlPart): SqlPart {
  return {
    sql: `select instance from replicas where heartbeat_at >= ${now.sql} - ${deadAfterMs}`,
    parameters: now.parameters,
  }
}

export type NewReplica = Pick<ReplicaRow, 'id' | 'instance' | 'hostname' | 'version'>

/** Takes the name, of itself as it was before or of a process that is dead. Fails where another one that is alive has it. */
export function register({ id, instance, hostname, version }: NewReplica, before: string, now: SqlPart): Statement {
  return {
    sql: `insert into replicas (id, instance, hostname, version, started_at, heartbeat_at, running)
      select ?, ?, ?, ?, t.now, t.now, 0 from (select ${now.sql} as now) as t where true
      on conflict (id) do update set instance = excluded.instance, hostname = excluded.hostname,
        version = excluded.version, started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at, running = 0
      where replicas.instance = ? or replicas.heartbeat_at < excluded.heartbeat_at - ${deadAfterMs}`,
    parameters: [id, instance, hostname, version, ...now.parameters, before],
    mustChange: true,
  }
}

/** Fails where it is not there any more as who it is. */
export function beat(instance: string, running: number, now: SqlPart): Statement {
  return {
    sql: `update replicas set heartbeat_at = ${now.sql}, running = ? where instance = ?`,
    parameters: [...now.parameters, running, instance],
    mustChange: true,
  }
}

export function unregister(instance: string): Statement {
  return { sql: 'delete from replicas where instance = ?', parameters: [instance] }
}

/** Those that were not heard of for so long, and nobody will ask about. */
export function forgetDead(afterMs: number, now: SqlPart): Statement {
  return { sql: `delete from replicas where heartbeat_at < ${now.sql} - ${afterMs}`, parameters: now.parameters }
}

export async function findReplica(db: Database, id: string): Promise<ReplicaRow | undefined> {
  return (await db.all<ReplicaRow>('select * from replicas where id = ?', [id]))[0]
}

export async function listAlive(db: Database, now: SqlPart): Promise<string[]> {
  const { sql, parameters } = aliveInstances(now)
  return (await db.all<{ instance: string }>(sql, parameters)).map(({ instance }) => instance)
}

export async function findNow(db: Database, now: SqlPart): Promise<number> {
  return (await db.all<{ now: number }>(`select ${now.sql} as now`, now.parameters))[0]!.now
}

/** With how long ago each was heard of, by the store's clock. */
export function listReplicas(db: Database, now: SqlPart): Promise<(ReplicaRow & { now: number })[]> {
  return db.all(`select r.*, t.now from replicas r cross join (select ${now.sql} as now) as t order by r.id`, [
    ...now.parameters,
  ])
}

export async function hasChore(db: Database, name: string, owner: string): Promise<boolean> {
  return (await db.all('select 1 from chores where name = ? and owner = ?', [name, owner])).length > 0
}

/** Fails where another one has it that is alive. */
export function claimChore(name: string, owner: string, alive: SqlPart): Statement {
  return {
    sql: `insert into chores (name, owner) values (?, ?) on conflict (name) do update set owner = excluded.owner
      where chores.owner not in (${alive.sql})`,
    parameters: [name, owner, ...alive.parameters],
    mustChange: true,
  }
}
