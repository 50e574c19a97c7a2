import { describe, expect, it } from 'vitest'
import type { Database } from '../../../ground/db/database.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { someDocuments } from '../testing/some-documents.ts'

/** More than are asked about on the spot. */
const many = 1200

const outline = Array.from({ length: many - 1 }, (_, i) => {
  const about = { fields: { n: (i * 7) % many }, status: i % 3 ? 'todo' : 'done', tags: [`tag ${i % 4}`, 'all'] }
  return `${i % 20 ? '###' : '##'} Part ${i}\n<!-- loom: ${JSON.stringify(about)} -->\n\nword${i} here\n`
}).join('\n')

type Chunk = { title: string; status?: string; fields?: { n: number } }

/** A database that says which of its connections was asked, and by whom. */
function telling(db: Database) {
  const asked: string[] = []
  const aside: Database['aside'] = (asker) => {
    asked.push(asker.userId)
    return db.aside(asker)
  }
  return { database: { ...db, aside }, asked }
}

async function aLargePlace() {
  const { database, asked } = telling(await tempDatabase())
  const docs = await someDocuments({}, database)
  const { document_id } = await docs.ask('import_md', { markdown: `# Plan\n\n${outline}`, path: '/plan' })
  asked.length = 0
  const pages = async (query: object): Promise<Chunk[]> => {
    const all: Chunk[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await docs.ask('query_chunks', { limit: 250, ...query, ...(cursor ? { cursor } : {}) })
      all.push(...page.chunks)
      cursor = page.next_cursor
      if (!cursor) return all
    }
  }
  return { ...docs, document_id, asked, pages }
}

describe('of very many chunks', () => {
  it('pages of a document are read from where the one before ended, in both directions', async () => {
    const { pages, ask, document_id, asked } = await aLargePlace()
    const titles = (chunks: Chunk[]) => chunks.map(({ title }) => title)
    const forwards = titles(await pages({ document_id }))
    const backwards = titles(await pages({ document_id, order: 'desc' }))
    expect(new Set(forwards).size).toBe(many)
    expect(backwards).toEqual(forwards.toReversed())
    expect(asked).toEqual([])
    const far = await ask('query_chunks', { document_id, offset: 700, limit: 3 })
    expect(titles(far.chunks)).toEqual(forwards.slice(700, 703))
  })

  it('those that a filter lets through are looked for aside, and are the same', async () => {
    const { pages, document_id, asked } = await aLargePlace()
    const all = await pages({ document_id, include: ['fields'] })
    const done = all.filter(({ status }) => status === 'done')
    asked.length = 0
    expect(await pages({ document_id, status: 'done', include: ['fields'] })).toEqual(done)
    expect(asked).toContain('ada')
    const byField = await pages({ sort: 'field:n', order: 'desc', include: ['fields'] })
    expect(byField.slice(0, -1).map(({ fields }) => fields!.n)).toEqual(
      all.flatMap(({ fields }) => fields?.n ?? []).sort((a, b) => b - a),
    )
    expect(byField.at(-1)!.title).toBe('Plan')
    const few = await pages({ where: [{ field: 'n', is: 'lt', value: 3 }], text: 'here', sort: 'title' })
    expect(few).toHaveLength(3)
  })

  it('words and tags are looked for aside as well', async () => {
    const { ask, document_id, asked } = await aLargePlace()
    expect((await ask('search', { query: 'word17 here', document_id })).chunks[0].title).toBe('Part 17')
    expect((await ask('list_tags', { document_id })).tags[0]).toEqual({ tag: 'all', count: many - 1 })
    expect((await ask('list_tags')).tags).toHaveLength(5)
    expect(asked).toHaveLength(3)
  })
})

describe('of a few chunks', () => {
  it('no filter has to wait for what others look for', async () => {
    const { database, asked } = telling(await tempDatabase())
    const { ask, plan } = await someDocuments({}, database)
    const { document_id, ids } = await plan('A', 'B')
    await ask('add_tags', { id: ids[0], tags: ['x'] })
    expect((await ask('query_chunks', { document_id, tag: 'x' })).chunks).toHaveLength(1)
    expect((await ask('list_tags')).tags).toEqual([{ tag: 'x', count: 1 }])
    expect((await ask('query_documents', { tag: 'x' })).documents).toEqual([])
    expect((await ask('documents_summary')).documents).toHaveLength(1)
    expect(asked).toEqual([])
  })
})
