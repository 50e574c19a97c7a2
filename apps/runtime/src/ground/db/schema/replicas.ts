/** Who uses the store. Times are the store's. */
export interface ReplicasTable {
  id: string
  /** Another one each time it comes; whose leases are whose. */
  instance: string
  hostname: string
  version: string
  started_at: number
  heartbeat_at: number
  /** Runs that it was working on when it was heard of last. */
  running: number
}

/** Who listens, where, to a run that lives only as long as somebody does. */
export interface RunCallersTable {
  run_id: string
  instance: string
}

/** Runs of a user at work, where there is a limit; the empty instance is what those who count wait for one another at. */
export interface UserPlacesTable {
  user_id: string
  instance: string
  n: number
}

/** Work that one of all processes does: the instance whose it is, as long as that is alive. */
export interface ChoresTable {
  name: string
  owner: string
}
