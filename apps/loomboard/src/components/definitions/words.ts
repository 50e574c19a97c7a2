import type { Entry, Version } from './queries.ts'

export type Origin = 'bundled' | 'configured' | 'changed' | 'made'

/** Where what is in use of it comes from. */
export function originOf(entry: Pick<Entry, 'source' | 'bundled' | 'active_def_id' | 'active_retired'>): Origin {
  const { source, bundled: isBundled, active_def_id, active_retired } = entry
  if (source === 'dynamic-only') return 'made'
  if (source === 'both' && active_def_id !== undefined && !active_retired) return 'changed'
  return isBundled ? 'bundled' : 'configured'
}

export const originWords: Record<Origin, string> = {
  bundled: 'Comes with loomcycle',
  configured: 'Configured',
  changed: 'Configured, changed here',
  made: 'Made here',
}

/** Who made a version. */
export function authorWords({ created_by_agent_id: by, bootstrapped_from_static }: Version): string {
  if (bootstrapped_from_static) return 'from the configuration'
  return by === '' || by === 'a_http-admin' ? 'by a person' : `by agent ${by}`
}
