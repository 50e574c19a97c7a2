/** Whoever may be named after an `@`: agents by their names, people by their ids. */
export interface Known {
  agents: readonly string[]
  people: readonly string[]
}

const code = /```[\s\S]*?(?:```|$)|``[^`]*``|`[^`]*`/g

/** Whom words mention, each once; what is code mentions nobody. */
export function mentionsIn(text: string, { agents, people }: Known): string[] {
  const said = text.replace(code, ' ')
  const names = [...new Set([...agents, ...people])].filter((name) => name !== '')
  // The longest first: `@doc/manager` is not `@doc`.
  const longest = names.sort((a, b) => b.length - a.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  if (longest.length === 0) return []
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_@/.-])@(${longest.join('|')})(?![\\p{L}\\p{N}_/-])`, 'gu')
  return [...new Set([...said.matchAll(mention)].map(([, name]) => name!))]
}
