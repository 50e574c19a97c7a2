/** Agents of one conversation. */
export interface DerivedAgentsTable {
  tenant_id: string
  name: string
  /** Who may begin a conversation with it. */
  user_id: string
  /** Null until there is one. */
  session_id: string | null
  /** The agent it is, but for what is overridden. */
  base: string
  /** A version of that to stay with; null: whichever is in use. */
  base_def_id: string | null
  /** JSON, as it goes over the wire. */
  overrides: string
  created_at: number
}

/** What runs that wait for their operator go on with. */
export interface RunAgentsTable {
  run_id: string
  /** Null, as in its row: whatever its agent is now. */
  def_id: string | null
  provider: string | null
  model: string | null
  route: string | null
  /** What it had before. */
  began_def_id: string | null
  began_provider: string | null
  began_model: string | null
  began_route: string | null
}
