import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../ground/db/database.ts'
import { explained } from '../../testing/explained.ts'
import { onSqlite } from '../../testing/on-sqlite.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { tempDir } from '../../testing/temp-dir.ts'
import {
  type DefinitionRow,
  findActiveId,
  findName,
  listActiveIds,
  listAncestors,
  listDescendants,
  listNames,
  listVersions,
  type NameOf,
} from './store.ts'
import { addVersion, bootstrap, findSameActive, type NewVersion, promote, retire } from './versions.ts'

const solver: NameOf = { tenantId: 't', family: 'AgentDef', name: 'solver' }
const nobody = { createdBy: '', agentId: 'a_http-admin', runId: null }

const aVersion = (version: Partial<NewVersion> = {}): NewVersion => ({
  ...solver,
  ...{ definition: { model: 'm' }, description: '', parentId: null, author: nobody, promote: false, now: 1 },
  ...version,
})
const add = (db: Database, version: Partial<NewVersion> = {}) =>
  db.transaction((tx) => addVersion(tx, aVersion(version)))

/** Two processes on one store. */
async function twoHands() {
  const file = join(tempDir(), 'loomcycle.db')
  const hands = [await openDatabase(file), await openDatabase(file)] as const
  onTestFinished(async () => {
    for (const hand of hands) await hand.close()
  })
  return hands
}

describe('versions', () => {
  it('count up in each name, tenant and family by itself', async () => {
    const db = await tempDatabase()
    const others: Partial<NewVersion>[] = [{ name: 'other' }, { tenantId: 'u' }, { family: 'SkillDef' }]
    const numbers = []
    for (const version of [{}, {}, ...others, {}]) numbers.push((await add(db, version)).version)
    expect(numbers).toEqual([1, 2, 1, 1, 1, 3])
    expect((await listVersions(db.read, solver, { limit: 2 })).map(({ version }) => version)).toEqual([3, 2])
    expect((await listVersions(db.read, solver, { limit: 2, after: 2 })).map(({ version }) => version)).toEqual([1])
    expect((await listNames(db.read, 't', 'AgentDef', { limit: 9 })).map(({ name }) => name)).toEqual([
      'other',
      'solver',
    ])
  })

  it('are given out once, whoever else makes some at the same moment', async () => {
    const [one, two] = await twoHands()
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => add(n % 2 ? one : two)))
    expect(made.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    )
    expect(await findName(two.read, solver)).toMatchObject({ latest_version: 20, version_count: 20, live_count: 20 })
  })

  it('of those that are promoted at once in two processes one is active, in both', async () => {
    const [one, two] = await twoHands()
    const versions = [await add(one), await add(two)]
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        one.transaction((tx) => promote(tx, versions[0]!, round)),
        two.transaction((tx) => promote(tx, versions[1]!, round)),
      ])
      const active = await findActiveId(one, solver)
      expect(versions.map(({ id }) => id)).toContain(active)
      expect(await findActiveId(two, solver)).toBe(active)
    }
  })

  it('are used from when they are promoted until they are retired', async () => {
    const db = await tempDatabase()
    const first = await add(db, { promote: true })
    const second = await add(db)
    const active = () => findActiveId(db, solver)
    const change = (work: typeof promote) => db.transaction((tx) => work(tx, second, 2))
    expect(await active()).toBe(first.id)
    await change(promote)
    expect(await active()).toBe(second.id)
    await change((tx, row, now) => retire(tx, row, true, now))
    expect(await active()).toBeUndefined()
    expect(await listActiveIds(db, 't', 'AgentDef')).toEqual([])
    expect(await findName(db.read, solver)).toMatchObject({ active_id: second.id, active_retired: 1, live_count: 1 })
    await db.transaction((tx) => retire(tx, { ...second, retired: 1 }, false, 3))
    expect(await active()).toBe(second.id)
    expect(await findName(db.read, solver)).toMatchObject({ active_retired: 0, live_count: 2, updated_at: 3 })
  })

  it('that say what the active one says are found, but for another tenant and where that is retired', async () => {
    const db = await tempDatabase()
    const active = await add(db, { promote: true, definition: { model: 'm', tools: [] } })
    const same = (of: NameOf, definition: object) => db.transaction((tx) => findSameActive(tx, of, definition))
    expect(await same(solver, { model: 'm' })).toMatchObject({ id: active.id })
    expect(await same(solver, { model: 'n' })).toBeUndefined()
    expect(await same({ ...solver, tenantId: 'u' }, { model: 'm' })).toBeUndefined()
    await db.transaction((tx) => retire(tx, active, true, 2))
    expect(await same(solver, { model: 'm' })).toBeUndefined()
  })

  it('that are copies of what is configured are made again when that is another', async () => {
    const db = await tempDatabase()
    const copy = (model: string) =>
      db.transaction((tx) => bootstrap(tx, { ...aVersion(), definition: { model } })).then(({ version }) => version)
    expect([await copy('m'), await copy('m'), await copy('n'), await copy('n')]).toEqual([1, 1, 2, 2])
    expect(await findActiveId(db, solver)).toBeUndefined()
  })
})

describe('a lineage', () => {
  /** Each is made from the one before it, and every tenth from the first as well. */
  async function aTree(db: Database) {
    const made: DefinitionRow[] = []
    await db.transaction(async (tx) => {
      for (let n = 0; n < 1000; n++) {
        const parentId = n === 0 ? null : made[n % 10 === 0 ? 0 : n - 1]!.id
        made.push(await addVersion(tx, aVersion({ parentId, now: n })))
      }
    })
    return made
  }

  onSqlite('of 1 000 versions is walked by an index in both directions, and shown to its tenant', async () => {
    const db = await tempDatabase()
    const made = await aTree(db)
    const { asking, plan } = await explained(db)
    const first = made[0]!.id
    const last = made.at(-1)!.id
    const up = await listAncestors(asking.read, 't', 'AgentDef', last, 100)
    expect(up.map(({ version }) => version)).toEqual([1000, 999, 998, 997, 996, 995, 994, 993, 992, 991, 1])
    const down = await listDescendants(asking.read, 't', 'AgentDef', first, { generations: 2, limit: 500 })
    expect(down).toHaveLength(200)
    expect(down.every(({ generation }) => generation <= 2)).toBe(true)
    expect(await listDescendants(asking.read, 't', 'AgentDef', first, { generations: 100, limit: 500 })).toHaveLength(
      500,
    )
    expect(await listAncestors(asking.read, 'u', 'AgentDef', last, 100)).toEqual([])
    expect(await listDescendants(asking.read, 'u', 'AgentDef', first, { generations: 9, limit: 9 })).toEqual([])
    expect(plan().filter((step) => /^SCAN d(efinitions)?\b/.test(step))).toEqual([])
  })

  onSqlite('of a name with 1 000 versions is a page by an index, and what is active one row', async () => {
    const db = await tempDatabase()
    await aTree(db)
    const { asking, plan } = await explained(db)
    await listVersions(asking.read, solver, { limit: 10 })
    await findActiveId(asking, solver)
    const reads = plan().filter((step) => /^(SEARCH|SCAN) (definitions|definition_names|d)\b/.test(step))
    expect(reads.map((step) => step.replace(/ \(.*/, ''))).toEqual([
      'SEARCH definitions USING INDEX definitions_by_name',
      'SEARCH d USING INDEX sqlite_autoindex_definitions_1',
      'SEARCH definition_names USING PRIMARY KEY',
    ])
  })
})
