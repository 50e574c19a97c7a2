import { randomUUID } from 'node:crypto'
import { type Operator, request } from '../operator.ts'
import type { Random } from '../random.ts'
import { rooms } from './agents.ts'

const kinds = ['write', 'write', 'write', 'share', 'temp', 'temp', 'box', 'out', ...rooms] as const

/** Has an agent do something with files, and waits until it is done. */
export async function haveDone(operator: Operator, id: string, random: Random): Promise<void> {
  const task = `${random.pick(kinds)}-${id}`
  const told = await operator.start(request('keeper', task, task))
  await operator.until(`${task} ends`, () => told.isOver)
}

/** Somebody with a room of their own: they make it, look around, and purge it, again and again. */
export class Roomer {
  readonly room: string
  /** Whether it is there, as they were last told. */
  isThere = false
  purges = 0
  readonly complaints: string[] = []
  readonly #operator: Operator
  readonly #url: string

  constructor(room: string, operator: Operator, url: string) {
    this.room = room
    this.#operator = operator
    this.#url = url
  }

  async live(random: Random, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await this.#do('create')
      for (let looks = random.between(1, 4); looks > 0; looks--) {
        await this.#look(random.pick([this.room, 'house']), random.pick(['', 'w', 'd', 'box', 'out']))
      }
      if (random.next() < 0.8) await this.#do('purge')
    }
  }

  async #do(op: 'create' | 'purge'): Promise<void> {
    const idempotencyKey = randomUUID()
    const { client } = this.#operator
    // That it is there already was their own doing.
    await this.#operator.insist(
      `${op} of ${this.room}`,
      () => client.volumeDef({ op, name: this.room }, { idempotencyKey }),
      ['tool_refused'],
    )
    this.isThere = op === 'create'
    if (op === 'purge') this.purges++
  }

  /** The runtime may be gone; where it is there, it says what is in a folder or that there is none. */
  async #look(volume: string, path: string): Promise<void> {
    const response = await fetch(`${this.#url}/v1/_volumes/${volume}/files?path=${path}`).catch(() => undefined)
    if (!response) return
    const text = await response.text().catch(() => '')
    if (response.status >= 500) this.complaints.push(`${volume}/${path} was answered with ${response.status} ${text}`)
    if (text.includes('.loomcycle-draft')) this.complaints.push(`${volume}/${path} showed a draft`)
  }
}
