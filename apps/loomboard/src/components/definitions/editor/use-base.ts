import { useQuery } from '@tanstack/react-query'
import type { Definition } from '../definition-text.ts'
import { type Entry, type Family, libraryQuery, versionQuery } from '../queries.ts'

export interface Base {
  /** Its version; none for what is configured, and for what is new. */
  def_id?: string
  name: string
  definition: Definition
  /** What to call it. */
  words: string
}

interface Found {
  base?: Base
  entries?: readonly Entry[]
  error?: Error | null
  retry: () => void
}

const nothing: Base = { name: '', definition: {}, words: 'nothing' }

/** What is written on: a version, what is configured under a name, or nothing yet. */
export function useBase(family: Family, name: string | undefined, version: string | undefined): Found {
  const isVersion = version !== undefined && version !== 'configured'
  const library = useQuery(libraryQuery(family))
  const row = useQuery({ ...versionQuery(family, version ?? ''), enabled: isVersion })
  const retry = () => void Promise.all([library.refetch(), isVersion && row.refetch()])
  const entries = library.data
  const error = (entries ? undefined : library.error) ?? (row.data ? undefined : row.error)
  if (error || !entries || (isVersion && !row.data)) return { error, retry }
  if (row.data) {
    const { def_id, name: of, definition, version: number } = row.data
    return {
      base: { def_id, name: of, definition, words: `version ${number}${of === name ? '' : ` of ${of}`}` },
      entries,
      retry,
    }
  }
  if (version === undefined) return { base: nothing, entries, retry }
  const configured = entries.find((entry) => entry.name === name)?.static_definition
  if (!configured) return { error: new Error(`There is no ${family} called ${name} in the configuration.`), retry }
  return { base: { name: name ?? '', definition: configured, words: 'what is configured' }, entries, retry }
}
