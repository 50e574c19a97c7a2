import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Bus } from '../../apps/runtime/src/ground/bus.ts'
import { openDatabase } from '../../apps/runtime/src/ground/db/database.ts'
import type { Random } from '../random.ts'
import type { CrashPoint } from './crash-point.ts'
import { type Process, type ProcessOptions, startProcess } from './process.ts'

/** Turns of the event loop that the one may be ahead of the other. */
const mostAhead = 4
/** A replica that dies does so at one of so many of its calls of the store. */
const lastCall = 60
/** Before that it has not begun. */
const firstCall = 6

type Options = Omit<ProcessOptions, 'end'>

/**
 * Two processes of the runtime on one store, of which the world sees one: every request and every stream goes to either.
 * Before each call of the store they wait as the dice say, so that any of the two may be the first.
 */
export async function startTwoHands(options: Options, random: Random): Promise<Process> {
  return startHands(options, random, { isReplica: false, hearHints: true, end: undefined })
}

/** The same as replicas, of which each knows whether the other is there: some lose every hint, and of some the first one dies. */
export async function startReplicas(options: Options, random: Random): Promise<Process> {
  const hearHints = random.next() < 0.5
  const end: CrashPoint | undefined =
    random.next() < 0.7
      ? { call: random.between(firstCall, lastCall), when: random.pick(['before', 'after']) }
      : undefined
  return startHands(options, random, { isReplica: true, hearHints, end })
}

interface HandOptions {
  isReplica: boolean
  hearHints: boolean
  /** Of the first one. */
  end: CrashPoint | undefined
}

async function startHands(
  options: Options,
  random: Random,
  { isReplica, hearHints, end }: HandOptions,
): Promise<Process> {
  const database = await openDatabase(join(options.dataDir, 'loomcycle.db'))
  const buses = [new Bus(), new Bus()] as const
  if (hearHints) {
    buses[0].relay((topic) => buses[1].hint(topic))
    buses[1].relay((topic) => buses[0].hint(topic))
  }
  const pace = async () => {
    for (let turns = random.between(0, mostAhead); turns > 0; turns--) await setImmediate()
  }
  const hand = (owner: string, bus: Bus, own?: CrashPoint) =>
    startProcess({ ...options, end: own, beside: { owner, bus, database, pace, isReplica } })
  // Those of before may not be known to be dead yet.
  const launch = random.between(1, 1e9)
  const hands = [await hand(`one-${launch}`, buses[0], end), await hand(`two-${launch}`, buses[1])] as const
  const sum = (of: (hand: Process) => number) => of(hands[0]) + of(hands[1])
  const living = () => hands.filter((one) => one.ended === undefined) as [Process, ...Process[]]
  return {
    get ctx() {
      return random.pick(living()).ctx
    },
    rows: (sql) => database.all(sql, []),
    get calls() {
      return sum((hand) => hand.calls)
    },
    get activity() {
      return sum((hand) => hand.activity)
    },
    get isBusy() {
      return living().some((hand) => hand.isBusy)
    },
    get losses() {
      return hands.length - living().length
    },
    ended: undefined,
    async stop() {
      await Promise.all(living().map((hand) => hand.stop()))
    },
    async bury() {
      for (const hand of hands) await hand.bury()
      await database.close()
    },
  }
}
