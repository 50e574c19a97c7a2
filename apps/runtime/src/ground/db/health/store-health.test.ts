import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { damage, refuseWrites } from '../../../testing/broken-store.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { tempDir } from '../../../testing/temp-dir.ts'
import { type Database, openDatabase } from '../database.ts'
import type { Statement } from '../statement.ts'

const put = (key: string, value = '1'): Statement => ({
  sql: `insert into memory (tenant_id, scope, scope_id, key, value, bytes, created_at, updated_at) values ('t', 's', 'i', ?, ?, 1, 0, 0)`,
  parameters: [key, value],
})
const unavailable = { code: 'store_unavailable', status: 503 }

/** What is said about the store, as it is said. */
function told(db: Database): string[] {
  const lines: string[] = []
  db.health.follow((error) => lines.push(error?.trouble ?? 'in service'))
  return lines
}

/** As `openDatabase` in a folder that is about to suffer; closed by the caller. */
async function aDatabase(dir = tempDir()) {
  const file = join(dir, 'data', 'loomcycle.db')
  return { file, db: await openDatabase(file) }
}

describe('a store that cannot be written', () => {
  it('refuses units and transactions with a sentence, is said to be one once, and comes back by itself', async () => {
    const db = await tempDatabase()
    const lines = told(db)
    const mend = await refuseWrites(db)
    for (const refused of [db.write([put('a')]), db.transaction(async () => {}), db.proveWritable()]) {
      await expect(refused).rejects.toMatchObject(unavailable)
    }
    expect(lines).toEqual(['The database cannot be written: attempt to write a readonly database'])
    expect(db.health.error).toMatchObject({ message: expect.stringContaining('Nothing was stored') })
    expect(await db.all('select * from memory', [])).toEqual([])
    await mend()
    await expect.poll(() => lines, { timeout: 20_000 }).toHaveLength(2)
    expect(lines[1]).toBe('in service')
    await db.write([put('a')])
    expect(db.health.error).toBeUndefined()
  })

  it('is not back while writes go on failing, though a small one succeeds', async () => {
    const db = await tempDatabase()
    const lines = told(db)
    const [pages] = await db.all<{ page_count: number }>('PRAGMA page_count', [])
    await sql.raw(`PRAGMA max_page_count = ${pages!.page_count}`).execute(db.sql)
    const tooMuch = () => db.write([put('big', 'x'.repeat(100_000))])
    await expect(tooMuch()).rejects.toMatchObject(unavailable)
    await db.proveWritable()
    expect(db.health.error?.trouble).toContain('full')
    await expect(tooMuch()).rejects.toMatchObject(unavailable)
    await db.proveWritable()
    expect(db.health.error?.trouble).toContain('full')
    await db.proveWritable()
    expect(lines).toEqual([expect.stringContaining('full'), 'in service'])
  })

  it('leaves a mistake in a statement what it is', async () => {
    const db = await tempDatabase()
    await expect(db.write([{ sql: 'insert into nothing values (1)', parameters: [] }])).rejects.toMatchObject({
      code: 'ERR_SQLITE_ERROR',
    })
    await db.write([put('a')])
    await expect(db.write([put('a')])).rejects.toMatchObject({ name: 'UniqueError', table: 'memory' })
    expect(db.health.error).toBeUndefined()
  })
})

describe('a damaged store', () => {
  async function aDamagedOne() {
    const { file, db } = await aDatabase()
    await db.write([put('a')])
    await db.close()
    damage(file, 'memory')
    return openDatabase(file)
  }

  it('says so to readers of either kind and to writers, and no write makes it whole', async () => {
    const db = await aDamagedOne()
    const lines = told(db)
    await expect(db.all('select * from memory', [])).rejects.toThrow(expect.objectContaining(unavailable))
    await expect(db.read.selectFrom('memory').selectAll().execute()).rejects.toMatchObject(unavailable)
    await expect(db.write([put('b')])).rejects.toMatchObject(unavailable)
    expect(await db.all('select * from sessions', [])).toEqual([])
    await db.proveWritable()
    await db.proveWritable()
    expect(lines).toEqual([expect.stringMatching(/^The database cannot be read: database disk image is malformed$/)])
    await db.close()
  })

  it('is found before anybody comes upon it', async () => {
    const db = await aDamagedOne()
    const found = new Promise<string>((resolve) => db.health.follow((error) => error && resolve(error.trouble)))
    db.checkIntegrity()
    expect(await found).toMatch(/^The database is damaged: /)
    await db.close()
  })
})

describe('files that are taken away', () => {
  it('do not go on answering, not even to the first commit after it', async () => {
    const { file, db } = await aDatabase()
    await db.write([put('a')])
    const lines = told(db)
    rmSync(dirname(file), { recursive: true })
    await expect(db.write([put('b')])).rejects.toMatchObject(unavailable)
    await expect(db.all('select * from memory', [])).rejects.toThrow(expect.objectContaining(unavailable))
    await expect(db.transaction(async () => {})).rejects.toMatchObject(unavailable)
    expect(lines).toEqual([`The database ${file} was removed or replaced while loomcycle was using it`])
    await db.close()
  })

  it('are noticed while nobody writes', async () => {
    const { file, db } = await aDatabase()
    const gone = new Promise((resolve) => db.health.follow(resolve))
    rmSync(dirname(file), { recursive: true })
    expect(await gone).toMatchObject(unavailable)
    await db.close()
  })

  it('are not taken for others that come in their place, and may come back', async () => {
    const { file, db } = await aDatabase()
    await db.write([put('a')])
    const lines = told(db)
    renameSync(dirname(file), `${dirname(file)}-away`)
    mkdirSync(dirname(file))
    const other = await openDatabase(file)
    await expect(db.write([put('b')])).rejects.toMatchObject(unavailable)
    await other.close()
    rmSync(dirname(file), { recursive: true })
    renameSync(`${dirname(file)}-away`, dirname(file))
    await expect.poll(() => lines.at(-1), { timeout: 20_000 }).toBe('in service')
    await db.write([put('b')])
    expect(await db.all('select key from memory', [])).toHaveLength(2)
    await db.close()
  })
})
