/** Whether a name, or a pattern of names, is among those listed; a trailing `*` stands for whatever begins so. */
export function matchesName(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name))
}

/** Whether the scopes of an agent open a name to it: `any` opens all, `named:` those that match. */
export function opensName(scopes: readonly string[], name: string): boolean {
  return scopes.includes('any') || matchesName(namesIn(scopes), name)
}

/** The patterns that stand in scopes. */
export function namesIn(scopes: readonly string[]): string[] {
  return scopes.flatMap((scope) => (scope.startsWith('named:') ? [scope.slice('named:'.length)] : []))
}
