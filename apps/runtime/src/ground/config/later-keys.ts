/** Keys of capabilities that there are elsewhere, by where they stand; `*` is any name. */
const LATER: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    '': `mcp_servers cache context_plugins local_api scheduled_runs
      a2a_server_cards a2a_agents webhooks memory_backends hooks principals search_providers
      document_sources change_subscriptions`,
    'agents.*': `memory_backend search_providers system_prompt_base
      schedule_def_scopes a2a_server_card_def_scopes a2a_agent_def_scopes`,
    'agents.*.compaction': 'memory_flush',
    providers: 'anthropic anthropic-oauth-dev openai deepseek gemini ollama ollama-local code-js',
    storage: `sqlmem_enabled sqlmem_root sqlmem_quota_bytes sqlmem_statement_timeout_ms sqlmem_max_rows sqlmem_audit_mode
      sqlmem_pg_dsn sqlmem_txn_timeout_ms sqlmem_max_open_txns sqlmem_max_txn_depth sqlmem_scope_ttl_ms
      sqlmem_gc_interval_ms sqlmem_total_max_bytes sqlmem_snapshot_max_scope_bytes sqlmem_shared_schemas`,
    interruption: 'backend heartbeat_interval_ms',
  }).map(([place, keys]) => [place, new Set(keys.split(/\s+/))]),
)

/** Of a file’s top level; those of its agents begin with `agents.*.`. */
export const laterKeys: readonly string[] = [...LATER].flatMap(([place, keys]) =>
  [...keys].map((key) => (place ? `${place}.${key}` : key)),
)

/** Whether what stands there is accepted and has no effect. */
export function isLater(path: readonly string[]): boolean {
  return LATER.get(placeOf(path.slice(0, -1)))?.has(path.at(-1)!) ?? false
}

/** What is left without such keys, and the names of those that were there. */
export function withoutLaterKeys(value: unknown, at: string[] = []): { value: unknown; later: string[] } {
  const later = new Set<string>()
  const without = (value: unknown, path: string[]): unknown => {
    if (!isMap(value) || path.length > 3) return value
    const kept = Object.entries(value).flatMap(([key, member]) => {
      if (!isLater([...path, key])) return [[key, without(member, [...path, key])]]
      later.add(
        [...(at.length > 0 ? [] : path.map((name, i) => (i === 1 && path[0] === 'agents' ? '…' : name))), key].join(
          '.',
        ),
      )
      return []
    })
    return Object.fromEntries(kept)
  }
  return { value: without(value, at), later: [...later] }
}

function placeOf(path: readonly string[]): string {
  return path.map((key, i) => (i === 1 && path[0] === 'agents' ? '*' : key)).join('.')
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
