import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { openDatabase } from '../../apps/runtime/src/ground/db/database.ts'
import type { Fault, Outcome, Violation } from '../fault.ts'
import { Random } from '../random.ts'
import { type Contents, contentsOf } from './contents.ts'
import { type Cut, cutsOfUpgrade, halvesOfMigration } from './cuts.ts'
import { makeDatabaseAt, migrationNames, versionsInPieces } from './database-at.ts'
import { killDuringStart, startAndStop } from './real-kills.ts'

const usualKills = 60
const longestUpgradeMs = 60
/** Rows of these may say anything; the process works with the rest as soon as it starts. */
const harmless = ['sessions', 'memory']

/** A process dies while it brings a database up to its version, or died there long ago; the next one must open it. */
export const migrationsFault: Fault = {
  name: 'migrations',
  async run({ seed, count = usualKills }) {
    const versions = [...migrationNames.keys()]
    return [
      await everyCut('killed after any statement of an upgrade', versions, upgradeCuts),
      await everyCut('half a migration, as earlier versions left it', versionsInPieces, halves),
      await randomKills(new Random(seed), count),
    ]
  },
}

type MakeCuts = (file: string, version: number, into: string) => Promise<Cut[]>
export const upgradeCuts: MakeCuts = (file, _version, into) => cutsOfUpgrade(file, into)
export const halves: MakeCuts = halvesOfMigration

export async function everyCut(what: string, versions: readonly number[], make: MakeCuts): Promise<Outcome> {
  const violations: Violation[] = []
  let tried = 0
  for (const version of versions) {
    await inFolder(async (dir) => {
      const undisturbed = await upgraded(dir, version)
      const file = join(dir, 'loomcycle.db')
      await makeDatabaseAt(file, version)
      for (const cut of await make(file, version, join(dir, 'cuts'))) {
        tried++
        const where = `from ${nameOf(version)}, ${cut.what}`
        const complaint = await open(join(cut.dir, 'loomcycle.db')).then(
          (contents) => difference(contents, undisturbed),
          (error: Error) => error.message,
        )
        if (complaint) violations.push({ case: where, what: complaint })
      }
    })
  }
  return { what, tried: `${tried} kills from ${versions.length} versions`, violations }
}

async function randomKills(random: Random, count: number): Promise<Outcome> {
  const violations: Violation[] = []
  const undisturbed = new Map<number, Contents>()
  for (let kill = 0; kill < count; kill++) {
    const version = kill % 2 === 0 ? 0 : random.between(1, migrationNames.length - 1)
    const afterMs = random.between(0, longestUpgradeMs)
    await inFolder(async (dir) => {
      if (!undisturbed.has(version)) undisturbed.set(version, await upgraded(dir, version))
      const dataDir = join(dir, 'data')
      mkdirSync(dataDir)
      const file = join(dataDir, 'loomcycle.db')
      if (version > 0) await makeDatabaseAt(file, version, harmless)
      await killDuringStart(dataDir, afterMs)
      const said = await startAndStop(dataDir)
      // The process works with what it finds; only what a migration makes is to be the same.
      const complaint =
        said ?? difference({ ...contentsOf(file), rows: {} }, { ...undisturbed.get(version)!, rows: {} })
      if (complaint) violations.push({ case: `from ${nameOf(version)}, after ${afterMs} ms`, what: complaint })
    })
  }
  return { what: 'kill −9 of a process that starts', tried: `${count} kills`, violations }
}

async function upgraded(dir: string, version: number): Promise<Contents> {
  const file = join(dir, 'undisturbed.db')
  await makeDatabaseAt(file, version)
  const kept = join(dir, 'kept.db')
  copyFileSync(file, kept)
  return open(kept)
}

async function open(file: string): Promise<Contents> {
  const db = await openDatabase(file, { keepCopy: false })
  await db.close()
  return contentsOf(file)
}

function difference(contents: Contents, undisturbed: Contents): string | undefined {
  for (const part of ['schema', 'migrations', 'rows', 'problems'] as const) {
    if (isDeepStrictEqual(contents[part], undisturbed[part])) continue
    return `${part} are ${JSON.stringify(contents[part])} and not ${JSON.stringify(undisturbed[part])}`
  }
  return undefined
}

function nameOf(version: number): string {
  return version === 0 ? 'nothing' : migrationNames[version - 1]!
}

async function inFolder(work: (dir: string) => Promise<void>) {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-migrations-'))
  try {
    await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
