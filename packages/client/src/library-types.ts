import type * as wire from './wire.gen.ts'

/** Something there is to choose from, by name. */
export interface LibraryEntry<T = unknown> extends wire.LibraryEntry {
  /** As it is configured. */
  static_definition?: T
  /** As it is used: the active version of what was defined at run time. */
  active_definition?: T
}

/** Everything of a kind, in order of name. */
export interface LibraryListResponse<T = unknown> {
  entries: LibraryEntry<T>[]
}

/** An agent as it is configured; the members of its own here are told by other servers. */
export interface LibraryAgentDefinition extends Omit<wire.LibraryAgentDefinition, 'effort' | 'tier' | 'models'> {
  effort?: string
  tier?: string
  system_prompt_base?: string
  skills?: string[]
  providers?: string[]
  search_providers?: string[]
  models?: Record<string, unknown>
}

/** A skill as it is configured. */
export interface LibrarySkillDefinition {
  body?: string
  description?: string
  tools?: string[]
}

/** An MCP server as it is configured. */
export interface LibraryMcpServerDefinition {
  transport?: 'http' | 'streamable-http' | 'stdio'
  url?: string
  headers?: Record<string, string>
  command?: string
  args?: string[]
  env?: Record<string, string>
  pool_size?: number
  tools?: string[]
  discovered_tools?: unknown
}
