import type { CallOptions, KeyedCallOptions } from './types.ts'
import type * as wire from './wire.gen.ts'

/** Any op of TeamDef. Those in `TeamDefOps` have exact types of their own. */
export interface TeamToolInput {
  op: string
  [extra: string]: unknown
}

/** What an op of TeamDef answers. */
export type TeamToolResponse = unknown

/** A team that was defined, by name. */
export type TeamNameSummary = wire.DefinitionName

/** Which teams. */
export interface ListTeamsOptions extends CallOptions {
  /** Another tenant; for the operator. */
  tenant?: string
  /** Only names that begin with it. */
  prefix?: string
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

/** Body of `GET /v1/_teamdef/names`. */
export interface ListTeamsResponse {
  /** Null is told by other servers where there are none. */
  names: TeamNameSummary[] | null
  next_cursor?: string
}

/** A team as a Mermaid diagram. */
export type TeamDiagram = wire.TeamDefRenderDiagramOutput

/** A version that was made. */
export interface CreatedTeam {
  def_id: string
  name: string
  version: number
  /** What will not work of it as things stand. */
  warnings?: string[]
}

/** A version of a team. */
export interface TeamDefDetail {
  def_id: string
  name: string
  version: number
  retired?: boolean
  content_sha256?: string
  definition: wire.TeamGraph
}

/** What is run, and with what. */
export interface TeamRunTarget {
  /** The version in use is run. */
  name?: string
  /** This version is. */
  defId?: string
  /** The task. */
  input?: string
  /** The card. */
  boardChunkId?: string
  boardScope?: 'agent' | 'user' | 'tenant'
}

/** A run of a team; other servers tell less of it. */
export type TeamRunResult = Partial<Omit<wire.TeamRun, 'name' | 'def_id' | 'status' | 'steps'>> & {
  name: string
  def_id: string
  status: string
  steps: Array<Record<string, unknown>>
  [extra: string]: unknown
}

/** How often a change counts. */
export type TeamCallOptions = KeyedCallOptions
