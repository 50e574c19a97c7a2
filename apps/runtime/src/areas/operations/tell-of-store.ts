import type { StoreHealth } from '../../ground/db/health/store-health.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'

/** One line when the store goes out of service, and one when it is back. */
export function tellOfStore(health: StoreHealth, telemetry: Telemetry) {
  health.follow((error) => {
    if (error) telemetry.log('error', `${error.trouble}; what needs it is refused until that is mended`)
    else telemetry.log('info', 'the database is in service again')
  })
}
