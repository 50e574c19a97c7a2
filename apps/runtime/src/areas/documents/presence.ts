import type { DocumentPresence } from '@loomcycle/proto'
import { Alarm } from '../../ground/alarm/alarm.ts'
import type { Bus } from '../../ground/bus.ts'
import type { Clock } from '../../ground/clock.ts'
import { keyOfPlace, type Place } from '../../ground/identity/place.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'

/** How long it holds that somebody has a document open. */
const lifeMs = 30_000
/** In one document; whoever came first goes first. */
const mostWindows = 200

interface Window {
  user_id: string
  client_id: string
  chunk_id?: string
  until: number
}

export interface Beat {
  documentId: string
  userId: string
  clientId: string
  chunkId?: string | undefined
  gone?: boolean | undefined
}

/** Who has which document open. It is true now or not at all, so it is in memory, and in no row. */
export class Presence {
  readonly #clock: Clock
  readonly #bus: Bus
  readonly #alarm: Alarm
  /** By topic, and in it by window, in the order they came. */
  readonly #windows = new Map<string, Map<string, Window>>()

  constructor({ clock, bus, telemetry }: { clock: Clock; bus: Bus; telemetry: Telemetry }) {
    this.#clock = clock
    this.#bus = bus
    this.#alarm = new Alarm({ clock, telemetry, name: 'presence', look: async () => this.#sweep() })
  }

  /** Tells those who follow only where something is different. */
  say(place: Place, { documentId, userId, clientId, chunkId, gone = false }: Beat): void {
    const topic = topicOf(place, documentId)
    const there = this.#windows.get(topic) ?? new Map<string, Window>()
    const key = JSON.stringify([userId, clientId])
    const before = there.get(key)
    if (gone) there.delete(key)
    else {
      const until = this.#clock.now() + lifeMs
      there.set(key, { user_id: userId, client_id: clientId, ...(chunkId ? { chunk_id: chunkId } : {}), until })
      const [oldest] = there.keys()
      if (there.size > mostWindows && oldest !== undefined) there.delete(oldest)
      this.#alarm.at(until)
    }
    if (there.size > 0) this.#windows.set(topic, there)
    else this.#windows.delete(topic)
    if (gone ? before : !before || before.chunk_id !== there.get(key)?.chunk_id) this.#bus.announce(topic)
  }

  of(place: Place, documentId: string): DocumentPresence {
    const there = [...(this.#windows.get(topicOf(place, documentId))?.values() ?? [])]
    return { type: 'presence', document_id: documentId, people: there.map(({ until: _, ...person }) => person) }
  }

  follow(place: Place, documentId: string, wake: () => void): () => void {
    return this.#bus.follow(topicOf(place, documentId), wake)
  }

  stop(): void {
    this.#alarm.stop()
  }

  /** Takes out those who have said nothing for too long; says when to look again. */
  #sweep(): number | undefined {
    const now = this.#clock.now()
    let next: number | undefined
    for (const [topic, there] of this.#windows) {
      const size = there.size
      for (const [key, { until }] of there) {
        if (until <= now) there.delete(key)
        else next = Math.min(next ?? until, until)
      }
      if (there.size === 0) this.#windows.delete(topic)
      if (there.size < size) this.#bus.announce(topic)
    }
    return next
  }
}

function topicOf(place: Place, documentId: string): string {
  return `presence/${keyOfPlace(place)}/${documentId}`
}
