import { createHash } from 'node:crypto'

/** Of two conversations one in four thousand million has the mark of the other. */
const markBytes = 4

/**
 * The conversations on the pages before, as a text for a cursor. How well they fit changes with whatever is said
 * meanwhile, so no place in their order stays: a search goes on with the best of those that were not shown yet.
 */
export class Shown {
  readonly #marks: ReadonlySet<string>

  constructor(text = '') {
    const bytes = Buffer.from(text, 'base64url').toString('latin1')
    this.#marks = new Set(
      Array.from({ length: Math.floor(bytes.length / markBytes) }, (_, i) =>
        bytes.slice(i * markBytes, (i + 1) * markBytes),
      ),
    )
  }

  has(sessionId: string): boolean {
    return this.#marks.has(markOf(sessionId))
  }

  and(sessionIds: readonly string[]): string {
    const marks = [...this.#marks, ...sessionIds.map(markOf)]
    return Buffer.from(marks.join(''), 'latin1').toString('base64url')
  }
}

function markOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest().toString('latin1', 0, markBytes)
}
