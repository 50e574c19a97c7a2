/** One line of the product made wrong, and the tests that should notice. */
export interface Mutation {
  /** `area/what goes wrong`. */
  name: string
  file: string
  /** Stands in the file exactly once. */
  find: string
  replacement: string
  /** Filters of vitest: the files, or beginnings of their paths, that are run. */
  tests: string[]
}

/** The file's text with the mutation in it; throws where the list has not kept up with the code. */
export function mutated(source: string, { name, file, find, replacement }: Mutation): string {
  const times = source.split(find).length - 1
  if (times !== 1) {
    throw new Error(
      `${name} is stale: ${JSON.stringify(find)} stands ${times} times in ${file}. Write down what stands there once now, or take the mutation out.`,
    )
  }
  return source.replace(find, () => replacement)
}
