import type { DefinitionFamily } from '@loomcycle/proto'

/** Versions of what was defined at run time. */
export interface DefinitionsTable {
  id: string
  tenant_id: string
  family: DefinitionFamily
  name: string
  version: number
  /** The version it was forked from, of whatever name. */
  parent_id: string | null
  /** JSON, as it goes over the wire. */
  definition: string
  /** What its author says of the version; empty where that is nothing. */
  description: string
  content_sha256: string
  created_at: number
  /** Name of the agent that made it; empty for people. */
  created_by: string
  created_by_agent_id: string
  created_by_run_id: string | null
  retired: number
  /** A copy of what was configured. */
  bootstrapped: number
}

/** What skills of the configuration said when a run began. */
export interface SkillDefinitionsTable {
  tenant_id: string
  id: string
  name: string
  /** JSON. */
  definition: string
  created_at: number
}

/** What there is under a name. */
export interface DefinitionNamesTable {
  tenant_id: string
  family: DefinitionFamily
  name: string
  active_id: string | null
  active_retired: number
  latest_version: number
  version_count: number
  /** Of versions that are not retired. */
  live_count: number
  updated_at: number
}
