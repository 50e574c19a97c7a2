type Items = ReadonlyMap<string, unknown>

/** Where more has changed, whatever is made of it is made anew. */
const mostPatched = 250

/** Under which names two maps have something else; undefined where that is too much to go into one by one. */
export function changedIds(before: Items, now: Items): string[] | undefined {
  if (before === now) return []
  const changed: string[] = []
  let added = 0
  for (const [id, item] of now) {
    const known = before.get(id)
    if (known === item) continue
    if (known === undefined) added++
    changed.push(id)
    if (changed.length > mostPatched) return undefined
  }
  if (before.size + added === now.size) return changed
  for (const id of before.keys()) if (!now.has(id)) changed.push(id)
  return changed.length > mostPatched ? undefined : changed
}

export function isSameMap(a: Items, b: Items): boolean {
  if (a.size !== b.size) return false
  for (const [id, item] of a) if (b.get(id) !== item) return false
  return true
}

export function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false
  for (const id of a) if (!b.has(id)) return false
  return true
}
