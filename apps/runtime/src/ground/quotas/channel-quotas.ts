import type { Place } from '../../areas/channels/place.ts'
import type { Limits } from '../config/config.ts'
import { Gauge, type QuotaDependencies } from './gauge.ts'
import { countChannels, measureMessages } from './store.ts'

const ofChannel = ({ tenantId, channel, scope, scopeId }: Place) => JSON.stringify([tenantId, channel, scope, scopeId])

/** How many channels a tenant may declare, and what one of them may hold. */
export class ChannelQuotas {
  readonly #channels: Gauge<string>
  readonly #messages: Gauge<Place>
  readonly #bytes: Gauge<Place>

  constructor({ db, clock, freshMs }: QuotaDependencies, limits: Limits['channels']) {
    const now = () => clock.now()
    this.#channels = new Gauge<string>(
      {
        name: 'channels_per_tenant',
        what: 'channels in this tenant',
        setting: 'LOOMCYCLE_CHANNELS_MAX_PER_TENANT',
        limit: limits.perTenant,
      },
      { now, freshMs, keyOf: (tenantId) => tenantId, measure: (tenantId) => countChannels(db, tenantId) },
    )
    this.#messages = new Gauge<Place>(
      {
        name: 'messages_per_channel',
        what: 'messages in this channel',
        setting: 'LOOMCYCLE_CHANNELS_MAX_MESSAGES',
        limit: limits.messages,
      },
      { now, freshMs, keyOf: ofChannel, measure: async (place) => (await measureMessages(db, place)).messages },
    )
    this.#bytes = new Gauge<Place>(
      {
        name: 'bytes_per_channel',
        what: 'bytes of messages in this channel',
        setting: 'LOOMCYCLE_CHANNELS_MAX_BYTES',
        limit: limits.bytes,
      },
      { now, freshMs, keyOf: ofChannel, measure: async (place) => (await measureMessages(db, place)).bytes },
    )
  }

  async takeChannel(tenantId: string): Promise<void> {
    await this.#channels.read(tenantId)
    this.#channels.take(tenantId, 1)
  }

  /** Before the transaction in which messages are taken. */
  async read(places: readonly Place[]): Promise<void> {
    for (const place of places) {
      await this.#messages.read(place)
      await this.#bytes.read(place)
    }
  }

  takeMessage(place: Place, bytes: number) {
    this.#messages.take(place, 1)
    this.#bytes.take(place, bytes)
  }
}
