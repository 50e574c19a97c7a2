import { describe, expect, it } from 'vitest'
import { counting } from '../../../testing/counting-database.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { someDocuments } from '../testing/some-documents.ts'

/** More than goes in one step. */
const many = 700

const outline = (count: number) =>
  `# Made\n\n${Array.from({ length: count - 1 }, (_, i) => `${i % 10 ? '###' : '##'} Part ${i}\n`).join('\n')}`

async function imported(count: number) {
  const db = await tempDatabase()
  const docs = await someDocuments({}, db)
  const { document_id } = await docs.plan('A')
  const { root_chunk_id: id } = await docs.asAgent('r_9').ask('import_md', { document_id, markdown: outline(count) })
  return { ...docs, db, document_id, id }
}

describe('a run that made very much', () => {
  it('is undone all at once, and others come in between before that', async () => {
    const { db, ask, document_id } = await imported(many)
    const seen: number[] = []
    const chunks = async () => (await ask('get_document', { id: document_id })).chunk_count
    const { database } = counting(db, async () => void seen.push(await chunks()))
    const later = await someDocuments({}, database)
    const { reverted, skipped } = await later.ask('revert_run', { run_id: 'r_9' })
    expect([reverted.length, skipped]).toEqual([1, []])
    expect(new Set(seen)).toEqual(new Set([many + 2, 2]))
    expect(seen.filter((count) => count === many + 2).length).toBeGreaterThan(1)
    await later.deps.leftovers.run()
    expect(await db.all('select count(*) as n from chunks', [])).toEqual([{ n: 2 }])
  })

  it('is undone but for what others have put under it, and what that stands in', async () => {
    const { ask, document_id, id } = await imported(many)
    const { chunks: parts } = await ask('query_chunks', { parent_id: id, limit: 1000 })
    const [first, last] = [parts[0], parts.at(-1)]
    await ask('create_chunk', { document_id, parent_id: last.id, title: 'Mine' })
    const { skipped } = await ask('revert_run', { run_id: 'r_9' })
    expect(skipped).toEqual([
      { what: 'chunk', id, title: 'Made', reason: 'Mine under it is not the run’s' },
      { what: 'chunk', id: last.id, title: last.title, reason: 'Mine under it is not the run’s' },
    ])
    const { chunks } = await ask('query_chunks', { document_id, limit: 1000 })
    expect(chunks.map(({ title }: { title: string }) => title).sort()).toEqual(
      ['Plan', 'A', 'Made', last.title, 'Mine'].sort(),
    )
    expect(chunks.some((chunk: { id: string }) => chunk.id === first.id)).toBe(false)
  })

  it('is left alone where others change its document while it is got ready', async () => {
    const { db, ask, id } = await imported(many)
    let busy = false
    const { database } = counting(db, async () => {
      if (busy) return
      busy = true
      await ask('add_tags', {
        id: (await ask('query_chunks', { text: 'A' })).chunks[0].id,
        tags: [`t${Math.random()}`],
      })
      busy = false
    })
    const later = await someDocuments({}, database)
    const { reverted, skipped } = await later.ask('revert_run', { run_id: 'r_9' })
    expect(skipped[0]).toMatchObject({ id, reason: expect.stringContaining('ask again') })
    expect(reverted.length).toBeGreaterThan(0)
  })

  it('is undone change by change, in steps, where it changed one thing very often', async () => {
    const { ask, plan, asAgent } = await someDocuments()
    const { ids } = await plan('A')
    const run = asAgent('r_9')
    for (let revision = 1; revision <= 510; revision++) {
      await run.ask('update_chunk', { id: ids[0], revision, body: `text ${revision}` })
    }
    expect((await ask('revert_run', { run_id: 'r_9' })).reverted).toHaveLength(1)
    expect(await ask('get_chunk', { id: ids[0] })).not.toHaveProperty('body', 'text 510')
  })
})
