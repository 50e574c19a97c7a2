import type { StoreHealth } from '../../ground/db/store-health.ts'

/** One line when the store goes out of service, and one when it is back. */
export function tellOfStore(health: StoreHealth) {
  health.follow((error) => {
    if (error) console.error(`loomcycle: ${error.trouble}; what needs it is refused until that is mended`)
    else console.error('loomcycle: the database is in service again')
  })
}
