import type { Limits } from '../config/config.ts'
import { keyOfPlace, type Place } from '../identity/place.ts'
import { Gauge, type QuotaDependencies } from './gauge.ts'
import { measureDocuments, placesOf } from './store.ts'

export interface DocumentGrowth {
  documents?: number
  chunks?: number
  bytes?: number
}

const kinds = ['documents', 'chunks', 'bytes'] as const

/** What the documents of a scope, and of a tenant, may come to. */
export class DocumentQuotas {
  readonly #gauges: { of: keyof DocumentGrowth; gauge: Gauge<Place> }[]

  constructor({ db, clock, freshMs }: QuotaDependencies, limits: Limits['documents']) {
    const now = () => clock.now()
    const words = { documents: 'documents', chunks: 'chunks of documents', bytes: 'bytes of documents' }
    this.#gauges = kinds.flatMap((of) => {
      const name = (owner: string) => `${of === 'documents' ? '' : 'document_'}${of}_per_${owner}`
      const setting = (owner: string) => `LOOMCYCLE_DOCUMENTS_MAX_${owner}_${of.toUpperCase()}`
      const inScope = new Gauge<Place>(
        {
          name: name('scope'),
          what: `${words[of]} in this scope`,
          setting: setting('SCOPE'),
          limit: limits.perScope[of],
        },
        {
          now,
          freshMs,
          keyOf: keyOfPlace,
          measure: async (place) => measureDocuments(db, await placesOf(db, place), of),
        },
      )
      const inTenant = new Gauge<Place>(
        {
          name: name('tenant'),
          what: `${words[of]} in this tenant`,
          setting: setting('TENANT'),
          limit: limits.perTenant[of],
        },
        {
          now,
          freshMs,
          keyOf: ({ tenantId }) => tenantId,
          measure: async ({ tenantId }) => measureDocuments(db, await placesOf(db, { tenantId }), of),
        },
      )
      return [
        { of, gauge: inScope },
        { of, gauge: inTenant },
      ]
    })
  }

  /** Before a transaction in which something may be taken. */
  async read(place: Place): Promise<void> {
    for (const { gauge } of this.#gauges) await gauge.read(place)
  }

  take(place: Place, growth: DocumentGrowth) {
    for (const { of, gauge } of this.#gauges) gauge.take(place, Math.max(growth[of] ?? 0, 0))
  }
}
