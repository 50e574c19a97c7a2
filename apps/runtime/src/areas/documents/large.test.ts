import type { KyselyPlugin } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../ground/db/database.ts'
import { inOneGo } from '../../ground/in-slices.ts'
import { counting } from '../../testing/counting-database.ts'
import { failingAfter } from '../../testing/failing-database.ts'
import { chunkIndex, testStore } from '../../testing/open-test-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { mostCharacters } from './bounds.ts'
import { lineDiff } from './history/line-diff.ts'
import { Leftovers } from './leftovers.ts'
import { someDocuments } from './testing/some-documents.ts'

/** More than goes in one step. */
const many = 700

/** A heading with so many under it, some with a link, a tag and a key; the last one in another branch. */
function outline(count: number, title = 'Big'): string {
  const notes = (i: number) =>
    i % 50 === 0 ? `<!-- loom: {"id":"i${i}","natural_key":"k${i}","tags":["t"]} -->\n` : ''
  const parts = Array.from(
    { length: count - 1 },
    (_, i) => `${i % 10 ? '###' : '##'} Part ${i}\n${notes(i)}\nto [[Part ${i + 1}]]\n`,
  )
  return `# ${title}\n\n${parts.join('\n')}\n<!-- loom-edges:\ni0 -> i50 [needs]\n-->\n`
}

/** As everybody sees it. */
const seen = async (db: Database) =>
  JSON.stringify([
    await db.all('select id, parent_id, title, revision from live_chunks order by id', []),
    await db.all('select id from live_documents order by id', []),
    await db.all('select path from dirents order by path', []),
  ])

/** What there is on disk. */
const stored = async (db: Database) => {
  const counts = [
    'chunk_contents',
    'chunk_tags',
    'chunk_edges',
    'chunk_links',
    chunkIndex,
    'documents',
    'chunk_batches',
  ].map((table) => db.all(`select count(*) as n from ${table}`, []))
  return JSON.stringify(await Promise.all(counts))
}

async function removing(count: number, op: 'delete_document' | 'delete_chunk') {
  const db = await tempDatabase()
  const { ask, plan } = await someDocuments({}, db)
  const { document_id } = await plan()
  const { root_chunk_id: id } = await ask('import_md', { document_id, markdown: outline(count) })
  const { database, transactions } = counting(db)
  const later = await someDocuments({}, database)
  const answer = await later.ask(op, op === 'delete_chunk' ? { id } : { id: document_id })
  const steps = [...transactions]
  await later.deps.leftovers.run()
  return { db, answer, steps, all: transactions }
}

describe('a document of any size', () => {
  it('is gone with as many statements as a small one', async () => {
    const [once, twice] = [await removing(many, 'delete_document'), await removing(2 * many, 'delete_document')]
    expect(once.answer).toMatchObject({ n_chunks_deleted: many + 1 })
    expect(twice.steps[0]).toBe(once.steps[0])
    expect(await stored(once.db)).toBe(await stored(await tempDatabase()))
  })

  it('is removed in steps that are as short however many there are', async () => {
    const runs = [await removing(many, 'delete_document'), await removing(2 * many, 'delete_document')]
    const [longest, longestOfTwice] = runs.map(({ all }) => Math.max(...all))
    expect(longestOfTwice).toBeLessThanOrEqual(longest!)
    const [steps, stepsOfTwice] = runs.map(({ all }) => all.length)
    expect(stepsOfTwice).toBeGreaterThan(steps!)
    expect(stepsOfTwice! - 4).toBeLessThanOrEqual(2 * steps!)
  })

  it('comes all at once', async () => {
    const db = await tempDatabase()
    const { ask, plan } = await someDocuments({}, db)
    await plan('A')
    const before = await seen(db)
    const states: string[] = []
    const { database } = counting(db, async () => void states.push(await seen(db)))
    const { chunks_created } = await (await someDocuments({}, database)).ask('import_md', {
      markdown: outline(many),
      path: '/big',
    })
    expect(chunks_created).toBe(many)
    expect(states.length).toBeGreaterThan(2)
    expect([...new Set(states)]).toEqual([before, await seen(db)])
    const { document_id, chunk_count } = await ask('get_document', { path: '/big' })
    expect(chunk_count).toBe(many)
    expect((await ask('get_edges', { document_id })).edges.filter(({ auto }: { auto: boolean }) => !auto)).toHaveLength(
      1,
    )
    expect((await ask('export_md', { document_id, include_metadata: false })).markdown).toContain('### Part 698')
  })

  it.each(['as a document', 'into a document'])('comes a hundred chunks at a time, %s', async (where) => {
    const db = await tempDatabase()
    const { plan } = await someDocuments({}, db)
    const { document_id } = await plan()
    const counts: number[] = []
    const { database } = counting(db, async () => {
      const [row] = await db.all<{ n: number }>('select count(*) as n from chunks', [])
      counts.push(row!.n)
    })
    const into = where === 'into a document' ? { document_id } : {}
    await (await someDocuments({}, database)).ask('import_md', { markdown: outline(many), ...into })
    expect(counts.at(-1)).toBe(many + 1)
    const steps = counts.map((n, i) => n - (counts[i - 1] ?? 1))
    expect(Math.max(...steps)).toBe(100)
  })

  it('is exported as it was at one moment', async () => {
    const db = await tempDatabase()
    const { ask } = await someDocuments({}, db)
    const { document_id, root_chunk_id } = await ask('import_md', { markdown: outline(many) })
    const { chunks } = await ask('query_chunks', { parent_id: root_chunk_id, limit: 3 })
    const last = (await ask('query_chunks', { document_id, text: 'Part 698', limit: 1 })).chunks[0]
    let pages = 0
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      // Somebody writes whenever others have their turn.
      async transformResult({ result }) {
        if (result.rows.length > 100) {
          await ask('move_chunk', { id: chunks[pages++ % 3].id, new_parent_id: pages % 2 ? last.id : root_chunk_id })
        }
        return result
      },
    }
    const atOneMoment: Database['atOneMoment'] = (look) => db.atOneMoment((then) => look(then.withPlugin(plugin)))
    const before = await ask('export_md', { document_id, include_metadata: false })
    const after = await someDocuments({}, { ...db, atOneMoment })
    expect(await after.ask('export_md', { document_id, include_metadata: false })).toEqual(before)
    expect(pages).toBeGreaterThan(2)
  })
})

describe('a branch of any size', () => {
  it('goes all at once, and nothing of it is found before it is removed', async () => {
    const db = await tempDatabase()
    const { ask, plan } = await someDocuments({}, db)
    const { document_id } = await plan('A')
    const { root_chunk_id: id } = await ask('import_md', { document_id, markdown: outline(many) })
    const before = await seen(db)
    const states: string[] = []
    const { database } = counting(db, async () => void states.push(await seen(db)))
    const idle = new Leftovers({ db, clock: { now: () => 0 } })
    await idle.stop()
    const later = await someDocuments({ leftovers: idle }, database)
    expect(await later.ask('delete_chunk', { id })).toMatchObject({ cascade_deleted_descendants: many - 1 })
    expect([...new Set(states)]).toEqual([before, await seen(db)])
    expect((await ask('search', { query: 'Part 5' })).chunks).toEqual([])
    expect((await ask('query_chunks', { document_id })).chunks).toHaveLength(2)
    expect((await ask('list_tags')).tags).toEqual([])
    expect((await ask('get_edges', { document_id })).edges).toEqual([])
    expect(await ask('get_document', { id: document_id })).toMatchObject({ chunk_count: 2 })
    // Its keys and titles are free.
    const body = 'to [[Part 1]]'
    await ask('upsert_chunk', { document_id, natural_key: 'k100', title: 'Part 1', body })
    expect((await ask('upsert_chunk', { document_id, natural_key: 'k100', title: 'New' })).created).toBe(false)
    await new Leftovers({ db, clock: { now: () => 0 } }).recover()
    expect(await db.all('select count(*) as n from chunks', [])).toEqual([{ n: 3 }])
    expect(await db.all('select count(*) as n from chunk_batches', [])).toEqual([{ n: 0 }])
  })

  it('is taken as it is when somebody changed it while it was got ready', async () => {
    const db = await tempDatabase()
    const { ask, plan } = await someDocuments({}, db)
    const { document_id } = await plan('A')
    const { root_chunk_id: id } = await ask('import_md', { document_id, markdown: outline(many) })
    let once = true
    const { database } = counting(db, async () => {
      if (!once) return
      once = false
      await ask('create_chunk', { document_id, title: 'late', parent_id: id })
    })
    const later = await someDocuments({}, database)
    expect(await later.ask('delete_chunk', { id })).toMatchObject({ cascade_deleted_descendants: many })
    await later.deps.leftovers.run()
    expect(await db.all('select count(*) as n from chunks', [])).toEqual([{ n: 2 }])
  })

  it('is removed in steps that are as short however many there are', async () => {
    const runs = [await removing(many, 'delete_chunk'), await removing(2 * many, 'delete_chunk')]
    // Of rows that come in any order, some make a statement more.
    const slack = testStore === 'postgres' ? 6 : 0
    expect(Math.max(...runs[1]!.all)).toBeLessThanOrEqual(Math.max(...runs[0]!.all) + slack)
    expect(runs[1]!.all.length - 6).toBeLessThanOrEqual(2 * runs[0]!.all.length)
  })

  it('comes back when the run that deleted it is undone, and so does a document', async () => {
    const { ask, plan, asAgent, deps } = await someDocuments()
    const { document_id, root_chunk_id } = await plan('A', 'B', 'C')
    const wish = { document_id, parent_id: root_chunk_id }
    const { root_chunk_id: id } = await ask('import_md', { ...wish, markdown: outline(many) })
    await ask('move_chunk', { id, new_parent_id: root_chunk_id, position: 1 })
    await ask('upsert_chunk', { document_id, natural_key: 'mine', title: 'Mine', parent_id: id })
    const { document_id: other } = await ask('import_md', { markdown: outline(many), path: '/other' })
    const before = [await ask('export_md', { document_id }), await ask('export_md', { document_id: other })]
    const run = asAgent('r_9')
    await run.ask('delete_chunk', { id })
    await run.ask('delete_document', { path: '/other' })
    await run.ask('import_md', { document_id, markdown: outline(many, 'Made') })
    await deps.leftovers.run()
    const { reverted, skipped } = await ask('revert_run', { run_id: 'r_9' })
    expect(skipped).toEqual([])
    expect(reverted.map(({ what, how, title }: Record<string, string>) => `${what} ${title} ${how}`)).toEqual([
      'document Big recreated',
      'chunk Big recreated',
      expect.stringContaining('deleted'),
    ])
    expect([await ask('export_md', { document_id }), await ask('export_md', { path: '/other' })]).toEqual(before)
    expect((await ask('revert_run', { run_id: 'r_9' })).reverted).toEqual([])
  }, 60_000)
})

describe('a chunk that very many link to', () => {
  it('is renamed and named again in one short step, and the links follow', async () => {
    const linking = 1100
    const db = await tempDatabase()
    const { ask } = await someDocuments({}, db)
    const { root_chunk_id: id } = await ask('import_md', {
      markdown: `# Hub\n${'\n## L\n\n[[Hub]]\n'.repeat(linking)}`,
    })
    const { database, transactions } = counting(db)
    const { ask: askLater, deps } = await someDocuments({}, database)
    const backlinks = async () => (await ask('backlinks', { id })).backlinks.length
    expect(await backlinks()).toBe(linking)
    await askLater('update_chunk', { id, revision: 1, title: 'Other' })
    await deps.leftovers.run()
    expect(await backlinks()).toBe(0)
    await askLater('update_chunk', { id, revision: 2, title: 'Hub' })
    await deps.leftovers.run()
    expect(await backlinks()).toBe(linking)
    expect(transactions.length).toBeGreaterThanOrEqual(6)
    expect(await db.all('select * from chunk_relinks', [])).toEqual([])
  })
})

describe('a process that dies while', () => {
  const worlds: Record<
    string,
    (docs: Awaited<ReturnType<typeof someDocuments>>) => Promise<{ op: string; input: object }>
  > = {
    'a document comes': async () => ({ op: 'import_md', input: { markdown: outline(310), path: '/big' } }),
    'a branch comes': async ({ plan }) => {
      const { document_id } = await plan('A')
      return { op: 'import_md', input: { document_id, markdown: outline(310) } }
    },
    'a branch goes': async ({ ask, plan }) => {
      const { document_id } = await plan('A')
      const { root_chunk_id: id } = await ask('import_md', { document_id, markdown: outline(210) })
      return { op: 'delete_chunk', input: { id } }
    },
    'a document goes': async ({ ask }) => {
      const { document_id: id } = await ask('import_md', { markdown: outline(210) })
      return { op: 'delete_document', input: { id } }
    },
  }

  it.each(Object.entries(worlds))(
    '%s leaves all of it or nothing, and the next one tidies up',
    async (_, world) => {
      const db = await tempDatabase()
      const docs = await someDocuments({}, db)
      await docs.plan('Before')
      const { op, input } = await world(docs)
      const [before, storedBefore] = [await seen(db), await stored(db)]
      for (let statements = 0; ; statements++) {
        const failing = failingAfter(db, statements)
        const leftovers = new Leftovers({ db: failing.database, clock: docs.clock })
        const dying = await someDocuments({ leftovers }, failing.database)
        const answer = await dying.ask(op, input as Record<string, unknown>).catch((error: Error) => error)
        await leftovers.run().catch(() => {})
        if (!failing.reached() || (await seen(db)) !== before) {
          expect(statements).toBeGreaterThan(5)
          break
        }
        expect(answer).toMatchObject({ message: 'killed' })
        await new Leftovers({ db, clock: docs.clock }).recover()
        expect([await seen(db), await stored(db)]).toEqual([before, storedBefore])
      }
      const after = await seen(db)
      await new Leftovers({ db, clock: docs.clock }).recover()
      expect(await seen(db)).toBe(after)
      expect(await db.all('select count(*) as n from chunks', [])).toEqual(
        await db.all('select count(*) as n from live_chunks', []),
      )
    },
    120_000,
  )

  it('chunks are being removed goes on with it', async () => {
    const db = await tempDatabase()
    const docs = await someDocuments({}, db)
    const { document_id } = await docs.ask('import_md', { markdown: outline(310) })
    const idle = new Leftovers({ db, clock: docs.clock })
    await idle.stop()
    const deps = { leftovers: idle }
    await (await someDocuments(deps, db)).asAgent('r_9').ask('delete_document', { id: document_id })
    const gone = await seen(db)
    for (let statements = 0; ; statements++) {
      const failing = failingAfter(db, statements)
      const died = await new Leftovers({ db: failing.database, clock: docs.clock }).run().catch((error: Error) => error)
      expect(await seen(db)).toBe(gone)
      if (!failing.reached()) break
      expect(died).toMatchObject({ message: 'killed' })
    }
    expect((await docs.ask('revert_run', { run_id: 'r_9' })).reverted).toHaveLength(1)
    expect(await docs.ask('get_document', { id: document_id })).toMatchObject({ chunk_count: 310 })
  }, 60_000)
})

describe('what is beyond reason', () => {
  it('is refused, in words', async () => {
    const { refusal, plan, ask } = await someDocuments()
    const { document_id, ids } = await plan('A')
    const body = 'x'.repeat(mostCharacters + 1)
    const links = Array.from({ length: 5001 }, (_, i) => `[[${i}]]`).join(' ')
    const refusals = [
      await refusal('create_chunk', { document_id, title: 'Long', body }),
      await refusal('update_chunk', { id: ids[0], revision: 1, body }),
      await refusal('import_md', { markdown: `# A\n\n## Long\n\n${body}` }),
      await refusal('import_canvas', { canvas: { nodes: [{ id: 'n', type: 'text', text: body }] } }),
    ]
    for (const { code, message } of refusals) {
      expect(code).toBe('tool_refused')
      expect(message).toContain(`and may have ${mostCharacters}; put parts of it into chunks of their own`)
    }
    expect((await refusal('create_chunk', { document_id, title: 'Hub', body: links })).message).toContain(
      'links to 5001',
    )
    const nodes = Array.from({ length: 1001 }, (_, i) => ({ id: `${i}`, type: 'group' }))
    expect((await refusal('import_canvas', { canvas: { nodes } })).message).toContain('1001 groups')
    expect((await ask('query_chunks', { document_id })).chunks).toHaveLength(2)
  })

  it('is compared as replaced after a bounded number of steps', () => {
    const steps = (count: number) => {
      const text = (word: string) => Array.from({ length: count }, (_, i) => `${word} ${i}`).join('\n')
      const diff = lineDiff(text('before'), text('after'))
      let n = 0
      while (!diff.next().done) n++
      return n - 2 * count
    }
    expect(steps(3000)).toBe(steps(6000))
    expect(inOneGo(lineDiff('a\nb', 'a\nc'))).toBe('@@ -1,2 +1,2 @@\n a\n-b\n+c\n')
  })

  it('is exported whole though it is deleted while it is read', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id } = await plan()
    await ask('import_md', { document_id, markdown: outline(many) })
    const before = await ask('export_md', { id: document_id })
    const exporting = ask('export_md', { id: document_id })
    await ask('delete_document', { id: document_id })
    expect(await exporting).toEqual(before)
  })
})
