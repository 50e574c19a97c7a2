import { namesIn, opensName } from '../../../ground/config/name-patterns.ts'
import { volumeReference } from '../../../ground/config/volume-reference.ts'

/** Whether whoever has these channels has that one as well; /* stands for all below, and a * elsewhere for itself. */
export function coversChannel(patterns: readonly string[], wanted: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('/*') ? wanted.startsWith(pattern.slice(0, -1)) : pattern === wanted,
  )
}

/** The same for volumes, which may be given to be read only, as `name:ro`. */
export function coversVolume(volumes: readonly string[], wanted: string): boolean {
  const { name, isReadOnly } = volumeReference(wanted)
  return volumes.map(volumeReference).some((given) => given.name === name && (isReadOnly || !given.isReadOnly))
}

/** The same for what may be defined: `any` is everything, `named:` a pattern. */
export function coversScope(scopes: readonly string[], wanted: string): boolean {
  if (scopes.includes('any') || scopes.includes(wanted)) return true
  return namesIn([wanted]).some((name) => opensName(scopes, name))
}
