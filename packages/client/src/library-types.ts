/** Something there is to choose from, by name. */
export interface LibraryEntry<T = unknown> {
  name: string
  /** Whether it is of the server's configuration, was made over the wire, or both. */
  source: 'static-only' | 'dynamic-only' | 'both'
  in_static: boolean
  in_substrate: boolean
  /** Of those that were made over the wire. */
  version_count: number
  active_def_id?: string
  latest_version?: number
  last_updated?: string
  /** As it is configured. */
  static_definition?: T
}

/** Everything of a kind, in order of name. */
export interface LibraryListResponse<T = unknown> {
  entries: LibraryEntry<T>[]
}

/** An agent as it is configured. */
export interface LibraryAgentDefinition {
  description?: string
  provider?: string
  model?: string
  tier?: string
  effort?: string
  max_tokens?: number
  max_iterations?: number
  system_prompt?: string
  system_prompt_base?: string
  tools?: string[]
  skills?: string[]
  providers?: string[]
  search_providers?: string[]
  models?: Record<string, unknown>
  memory_scopes?: string[]
  memory_quota_bytes?: number
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
