/** Whether a name, or a pattern of names, is among those listed; a trailing `*` stands for whatever begins so. */
export function matchesName(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name))
}
