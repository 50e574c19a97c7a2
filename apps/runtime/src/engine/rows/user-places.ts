import type { Statement } from '../../ground/db/statement.ts'
import type { SqlPart } from '../../ground/replicas/replica-time.ts'

/** So many places of the user are taken at this instance; asked for when it is written. */
export function putPlaces(userId: string, instance: string, count: () => number): Statement {
  return {
    sql: `insert into user_places (user_id, instance, n) values (?, ?, ?)
      on conflict (user_id, instance) do update set n = excluded.n`,
    parameters: () => [userId, instance, count()],
  }
}

/** Takes one more. Fails where more than `cap` are taken at all instances that are alive. */
export function takePlace(
  userId: string,
  { instance, alive, cap, count }: { instance: string; alive: SqlPart; cap: number; count: () => number },
): Statement[] {
  return [
    // Of two who count at the same time, one waits for the other.
    putPlaces(userId, '', () => 0),
    putPlaces(userId, instance, count),
    {
      sql: `update user_places set n = n where user_id = ? and instance = ?
        and (select sum(n) from user_places where user_id = ? and instance in (${alive.sql})) <= ?`,
      parameters: [userId, instance, userId, ...alive.parameters, cap],
      mustChange: true,
    },
  ]
}

export function forgetPlacesElsewhere(alive: SqlPart): Statement {
  return {
    sql: `delete from user_places where instance <> '' and (n = 0 or instance not in (${alive.sql}))`,
    parameters: alive.parameters,
  }
}
