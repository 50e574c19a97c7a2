/** Those whose parents lead back to themselves or to others that do. */
export function* inCycles(parents: ReadonlyMap<string, string | undefined>): Generator<unknown, Set<string>> {
  const settled = new Map<string, boolean>()
  for (const start of parents.keys()) {
    const way: string[] = []
    const onTheWay = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && !settled.has(at) && !onTheWay.has(at)) {
      yield
      way.push(at)
      onTheWay.add(at)
      at = parents.get(at)
    }
    const leadsBack = at !== undefined && (onTheWay.has(at) || settled.get(at)!)
    for (const id of way) settled.set(id, leadsBack)
  }
  return new Set([...settled].flatMap(([id, leadsBack]) => (leadsBack ? id : [])))
}
