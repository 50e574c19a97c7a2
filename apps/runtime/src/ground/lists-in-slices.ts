/** So much between two rests. */
const atOnce = 1000

/** Sorts as `sort` does, with a rest now and then. */
export function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<undefined, T[]> {
  let runs: T[][] = []
  for (let from = 0; from < items.length; from += atOnce) {
    runs.push(items.slice(from, from + atOnce).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let at = 0; at < runs.length; at += 2) longer.push(yield* merged(runs[at]!, runs[at + 1] ?? [], compare))
    runs = longer
  }
  return runs[0] ?? []
}

function* merged<T>(first: T[], second: T[], compare: (a: T, b: T) => number): Generator<undefined, T[]> {
  const both: T[] = []
  for (let a = 0, b = 0; a < first.length || b < second.length; ) {
    const isFirst = b >= second.length || (a < first.length && compare(first[a]!, second[b]!) <= 0)
    both.push(isFirst ? first[a++]! : second[b++]!)
    if (both.length % atOnce === 0) yield
  }
  return both
}

/** `every`: so many between two rests; fewer where each may be large. */
export function* mapped<T, R>(items: readonly T[], map: (item: T) => R, every = atOnce): Generator<undefined, R[]> {
  const results: R[] = []
  for (const item of items) {
    if (results.push(map(item)) % every === 0) yield
  }
  return results
}
