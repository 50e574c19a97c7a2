import { Beginning } from './beginning.ts'
import type { Secret } from './secret-shapes.ts'

/** Values that are secret here, whatever they look like, with what stands in their place. */
export class KnownSecrets {
  readonly #spellings: { spelling: string; beginning: Beginning; mark: string }[]

  constructor(secrets: ReadonlyMap<string, string>) {
    this.#spellings = [...secrets].flatMap(([name, value]) =>
      [...spellings(value)].map((spelling) => ({
        spelling,
        beginning: new Beginning(spelling),
        mark: `[redacted:${name}]`,
      })),
    )
  }

  *find(text: string): Generator<Secret> {
    for (const { spelling, mark } of this.#spellings) {
      for (let start = text.indexOf(spelling); start >= 0; start = text.indexOf(spelling, start + spelling.length)) {
        yield { start, end: start + spelling.length, mark }
      }
    }
  }

  /** From where on the end of a text may be the beginning of one; its length where there is none. */
  openAt(text: string): number {
    let open = text.length
    for (const { spelling, beginning } of this.#spellings) {
      const first = text.indexOf(spelling[0]!, Math.max(0, text.length - spelling.length + 1))
      if (first >= 0) open = Math.min(open, text.length - beginning.endOf(text, first))
    }
    return open
  }
}

/** As it is, and as it reads inside JSON. */
function spellings(value: string): Set<string> {
  return new Set([value, JSON.stringify(value).slice(1, -1)])
}
