/** A place in a statement for a value, and where it stands. */
export interface Variable {
  name: string
  offset: number
}

/** SQLite gives NULL to a place that has no value, and so changes what was not meant; who forgets one is told. */
export function refusalOfValues(variables: readonly Variable[], given: number): string | undefined {
  const named = variables.find(({ name }) => !/^\?\d*$/.test(name))
  if (named) return `${named.name} is a place by name; values go by their order, so write ? for each`
  const wanted = countPlaces(variables)
  if (wanted === given) return undefined
  const places = wanted === 1 ? '1 place for a value' : `${wanted || 'no'} places for values`
  return `the statement has ${places} (?) and args has ${given}; pass one for each, null where NULL is meant`
}

/** As SQLite numbers them: a `?` is one more than the largest before it, and `?3` says its number. */
function countPlaces(variables: readonly Variable[]): number {
  const inOrder = variables.toSorted((a, b) => a.offset - b.offset)
  return inOrder.reduce((most, { name }) => (name === '?' ? most + 1 : Math.max(most, Number(name.slice(1)))), 0)
}
