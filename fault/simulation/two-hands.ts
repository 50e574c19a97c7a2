import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Bus } from '../../apps/runtime/src/ground/bus.ts'
import { openDatabase } from '../../apps/runtime/src/ground/db/database.ts'
import type { Random } from '../random.ts'
import { type Process, type ProcessOptions, startProcess } from './process.ts'

/** Turns of the event loop that the one may be ahead of the other. */
const mostAhead = 4

/**
 * Two processes of the runtime on one store, of which the world sees one: every request and every stream goes to either.
 * Before each call of the store they wait as the dice say, so that any of the two may be the first.
 */
export async function startTwoHands(options: ProcessOptions, random: Random): Promise<Process> {
  const database = await openDatabase(join(options.dataDir, 'loomcycle.db'))
  const buses = [new Bus(), new Bus()] as const
  buses[0].relay((topic) => buses[1].hint(topic))
  buses[1].relay((topic) => buses[0].hint(topic))
  const pace = async () => {
    for (let turns = random.between(0, mostAhead); turns > 0; turns--) await setImmediate()
  }
  const hand = (owner: string, bus: Bus) => startProcess({ ...options, beside: { owner, bus, database, pace } })
  const hands = [await hand('one', buses[0]), await hand('two', buses[1])] as const
  const sum = (of: (hand: Process) => number) => of(hands[0]) + of(hands[1])
  return {
    get ctx() {
      return random.pick(hands).ctx
    },
    rows: (sql) => database.all(sql, []),
    get calls() {
      return sum((hand) => hand.calls)
    },
    get activity() {
      return sum((hand) => hand.activity)
    },
    get isBusy() {
      return hands.some((hand) => hand.isBusy)
    },
    ended: undefined,
    async stop() {
      await Promise.all(hands.map((hand) => hand.stop()))
    },
    async bury() {
      for (const hand of hands) await hand.bury()
      await database.close()
    },
  }
}
