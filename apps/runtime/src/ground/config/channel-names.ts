const segment = /^[A-Za-z0-9_.-]+$/

export function isChannelName(name: string): boolean {
  return name.length <= 256 && name.split('/').every((part) => segment.test(part) && part !== '.' && part !== '..')
}

/** A name, or all below one. */
export function isChannelPattern(pattern: string): boolean {
  return isChannelName(pattern.endsWith('/*') ? pattern.slice(0, -2) : pattern)
}

export function matchesChannel(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name))
}
