import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault } from '../fault.ts'
import { aftermathOf, inDatabaseOf, textOf } from '../kill/afterwards.ts'
import { killComplaints, unknownOutcomes } from '../kill/complaints.ts'
import { killRepeatedly } from '../kill/kill-repeatedly.ts'
import { Operator } from '../operator.ts'
import { Random } from '../random.ts'
import { filingAgents, rooms } from './agents.ts'
import { fileComplaints, type Places, type VolumeRow } from './complaints.ts'
import { haveDone, Roomer } from './errands.ts'
import { namesIn } from './files.ts'

const usualKills = 80
const operatorsAtOnce = 5
/** So long the last process may take to clear up what the ones before it left. */
const clearUpMs = 30_000

/** The real process is killed again and again while agents write files and people make, browse and purge volumes. */
export const volumes: Fault = {
  name: 'volumes',
  async run({ seed, count = usualKills }) {
    const places = somePlaces()
    const runtime = await startRuntime(filingAgents(places))
    try {
      const operators = Array.from({ length: operatorsAtOnce }, () => new Operator(runtime.url))
      const roomers = rooms.map((room) => new Roomer(room, new Operator(runtime.url), runtime.url))
      const over = new AbortController()
      const complaints: string[] = []
      const atWork = [
        ...operators.map((operator, at) => work(operator, `${at}`, new Random(seed + at), over.signal)),
        ...roomers.map((roomer, at) => roomer.live(new Random(seed + 100 + at), over.signal)),
      ]
      const all = Promise.all(atWork).catch((error: unknown) => {
        complaints.push(`somebody gave up: ${textOf(error)}`)
        over.abort()
      })
      let drafts = 0
      const onKilled = () => {
        drafts += draftsIn(places).length
      }
      const kills = await killRepeatedly(runtime, new Random(seed), count, { over: over.signal, onKilled })
      over.abort()
      await all
      await runtime.kill()
      await runtime.restart()
      await cleared(places)
      const after = await aftermathOf(runtime)
      const rows = await inDatabaseOf(
        runtime,
        async (db) => db.prepare('select root_run_id, name from volumes').all() as unknown as VolumeRow[],
      )
      complaints.push(...killComplaints(after, operators), ...fileComplaints(places, { after, volumes: rows, roomers }))
      const purges = roomers.reduce((sum, roomer) => sum + roomer.purges, 0)
      const tried = `${kills} kills, ${after.runs.length} runs, ${purges} purges, ${drafts} drafts left by kills, ${unknownOutcomes(after)} outcomes unknown`
      return [{ what: 'kill −9', tried, violations: complaints.map((what) => ({ case: 'kill', what })) }]
    } finally {
      await runtime.stop()
      rmSync(places.base, { recursive: true, force: true })
    }
  },
}

async function work(operator: Operator, name: string, random: Random, over: AbortSignal): Promise<void> {
  for (let n = 1; !over.aborted; n++) await haveDone(operator, `${name}-${n}`, random)
}

function somePlaces(): Places {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'loomcycle-volumes-')))
  const [house, made, outside] = ['house', 'made', 'outside'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [house, made, outside]) mkdirSync(folder)
  writeFileSync(join(outside, 'theirs'), 'not ours')
  symlinkSync(outside, join(house, 'out'))
  return { base, house, made, outside }
}

function draftsIn({ house, made }: Places): string[] {
  return [...namesIn(house), ...namesIn(made)].filter((name) => name.includes('.loomcycle-draft-'))
}

/** Waits for what the invariants are about to look at; what does not go is a complaint then. */
async function cleared(places: Places): Promise<void> {
  const deadline = Date.now() + clearUpMs
  const isLeft = () => {
    try {
      return draftsIn(places).length > 0 || namesIn(places.made).some((name) => /^_trash$|^_ephemeral\//.test(name))
    } catch {
      // Something went while it was looked at.
      return true
    }
  }
  while (isLeft() && Date.now() < deadline) await sleep(50)
}
