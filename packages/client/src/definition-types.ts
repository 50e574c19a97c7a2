import type { CallOptions } from './types.ts'
import type * as wire from './wire.gen.ts'

/** Any op of AgentDef, SkillDef or Evaluation. Those in `AgentDefOps` and its like have exact types of their own. */
export interface DefinitionToolInput {
  op: string
  [extra: string]: unknown
}

/** What such an op answers. */
export type DefinitionToolResponse = unknown

/** Which names of definitions. */
export interface DefinitionNamesOptions extends CallOptions {
  /** Another tenant; for the operator. */
  tenant?: string
  /** Only names that begin with it. */
  prefix?: string
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

/** What has been defined at run time, by name. */
export type DefinitionNamesResponse = wire.DefinitionNames

/** An agent that is code. */
export interface EnsureCodeAgentOptions {
  name: string
  /** JavaScript with a function `run(input)`. */
  code: string
  /** What it may use, by name; nothing unless given. */
  tools?: string[]
  tier?: string
  model?: string
  /** Of the version. */
  description?: string
}

/** The version that is in use now. */
export interface EnsureCodeAgentResult {
  name: string
  defId: string
  version: number
  /** False where it was in use already. */
  changed: boolean
}

/** How models are asked for. */
export interface ListModelsOptions extends CallOptions {
  /** Asks the services again, though they were asked lately. */
  fresh?: boolean
}
