import { RuntimeError } from '@loomcycle/proto'

/** Who wants to know something; people wait for one another's questions in turn. */
export interface Asker {
  tenantId: string
  userId: string
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined
}

/** So many of one person's may wait, and so many of all. */
export interface LineBounds {
  ofOne: number
  ofAll: number
}

/** Questions that wait. Whoever was answered last goes to the end of the line. */
export class AskerLine<Question> {
  readonly #waiting = new Map<string, Question[]>()
  readonly #most: LineBounds
  #count = 0

  constructor(most: LineBounds = { ofOne: 64, ofAll: 512 }) {
    this.#most = most
  }

  put(asker: Asker, question: Question) {
    const who = nameOf(asker)
    const own = this.#waiting.get(who) ?? []
    const { ofOne, ofAll } = this.#most
    if (this.#count >= ofAll || own.length >= ofOne) throw tooMany()
    own.push(question)
    this.#waiting.set(who, own)
    this.#count++
  }

  take(): Question | undefined {
    const [first] = this.#waiting
    if (!first) return undefined
    const [who, own] = first
    const question = own.shift()
    this.#waiting.delete(who)
    if (own.length > 0) this.#waiting.set(who, own)
    this.#count--
    return question
  }

  /** Whether it was still waiting. */
  drop(asker: Asker, question: Question): boolean {
    const who = nameOf(asker)
    const own = this.#waiting.get(who)
    const at = own?.indexOf(question) ?? -1
    if (at < 0) return false
    own!.splice(at, 1)
    if (own!.length === 0) this.#waiting.delete(who)
    this.#count--
    return true
  }

  /** Those that nobody will answer. */
  clear(): Question[] {
    const all = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    this.#count = 0
    return all
  }
}

function nameOf({ tenantId, userId }: Asker): string {
  return JSON.stringify([tenantId, userId])
}

function tooMany() {
  return new RuntimeError('backpressure', 'Too many large questions wait for an answer; try again in a moment.', {
    retry_after_s: 5,
  })
}
