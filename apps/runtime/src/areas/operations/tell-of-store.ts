import type { StoreHealth } from '../../ground/db/health/store-health.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'

const inFull = 'what needs it is refused until that is mended'

/** One line when the store goes out of service, and one when it is back. */
export function tellOfStore(health: StoreHealth, telemetry: Telemetry) {
  health.follow((error) => {
    const refused = error?.isDamage ? 'what needs the damaged part is refused; restore a backup' : inFull
    if (error) telemetry.log('error', `${error.trouble}; ${refused}`)
    else telemetry.log('info', 'the database is in service again')
  })
}
