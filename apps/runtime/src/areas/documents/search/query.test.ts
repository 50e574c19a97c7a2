import { describe, expect, it } from 'vitest'
import { onSqlite } from '../../../testing/on-sqlite.ts'
import { testStore } from '../../../testing/open-test-database.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { placed, userSqlOver } from '../../../testing/user-sql.ts'
import { someDocuments } from '../testing/some-documents.ts'

async function withSql() {
  const db = await tempDatabase()
  return someDocuments({ sql: userSqlOver(db) }, db)
}

async function aLaunchPlan(docs: Awaited<ReturnType<typeof someDocuments>>) {
  const { ask, plan } = docs
  const { document_id, root_chunk_id } = await plan()
  await ask('define_type', {
    name: 'publication',
    fields: [
      { name: 'platform', kind: 'select', options: ['blog', 'hn'] },
      { name: 'date', kind: 'date' },
      { name: 'status', kind: 'text' },
      { name: 'day_number', kind: 'number' },
      { name: 'done', kind: 'checkbox' },
    ],
  })
  const publications = [
    ['Announcement', 'scheduled', { platform: 'blog', date: '2026-06-29', day_number: 1, done: true }],
    ['Deep dive', 'scheduled', { platform: 'blog', date: '2026-07-02', day_number: 4, done: false }],
    ['Show HN', 'drafted', { platform: 'hn', date: '2026-06-30', day_number: 2 }],
    ['Recap', 'scheduled', { platform: 'blog', date: '2026-06-30', day_number: 10 }],
  ] as const
  for (const [title, status, fields] of publications) {
    await ask('create_chunk', {
      document_id,
      parent_id: root_chunk_id,
      title,
      type: 'publication',
      status,
      fields,
      body: `About ${title}`,
    })
  }
  await ask('create_chunk', { document_id, parent_id: root_chunk_id, title: 'Notes', tags: ['misc', 'misc/more'] })
  return { document_id, root_chunk_id }
}

describe('chunks are found', () => {
  it('by what they are, in the order of the outline', async () => {
    const docs = await someDocuments()
    const { document_id, root_chunk_id } = await aLaunchPlan(docs)
    const titles = async (query: object) =>
      (await docs.ask('query_chunks', { ...query })).chunks.map(({ title }: { title: string }) => title)
    expect(await docs.ask('query_chunks', { document_id, type: 'publication', limit: 1 })).toEqual({
      chunks: [
        {
          id: expect.any(String),
          document_id,
          title: 'Announcement',
          position: 0,
          revision: 1,
          parent_id: root_chunk_id,
          type: 'publication',
          status: 'scheduled',
          rank: 'a0',
          updated_at: expect.any(String),
        },
      ],
      next_cursor: expect.any(String),
      seq: (await docs.ask('get_document', { id: document_id })).seq,
    })
    expect(await titles({ parent_id: '' })).toEqual(['Plan'])
    expect(await titles({ status: 'drafted' })).toEqual(['Show HN'])
    expect(await titles({ tag: 'misc/more' })).toEqual(['Notes'])
    expect(await titles({ tag_prefix: 'misc/' })).toEqual(['Notes'])
    expect(await titles({ text: 'deep about' })).toEqual(['Deep dive'])
    expect(await titles({ text: '   ' })).toHaveLength(6)
    await expect(titles({ text: '?!' })).rejects.toThrow('text has no letter and no digit to look for')
    expect(await titles({ tag_prefix: '' })).toHaveLength(6)
    expect(await titles({ under_path: '/documents' })).toHaveLength(6)
    expect(await titles({ under_path: '/elsewhere' })).toEqual([])
    expect(await titles({ document_id, under_path: '/documents/plan', status: 'scheduled' })).toEqual([
      'Announcement',
      'Deep dive',
      'Recap',
    ])
  })

  it.each([
    [{ field: 'platform', is: 'contains', value: '' }, '"platform" contains needs a text to look for'],
    [{ field: 'platform', is: 'contains' }, '"platform" contains needs a text to look for'],
    [{ field: 'platform', is: 'in', value: 'hn' }, '"platform" in needs a list of values'],
    [{ field: 'platform', is: 'eq' }, '"platform" eq needs a value; what has none is found with unset'],
    [{ field: 'platform', is: 'ne', value: null }, '"platform" ne needs a value; what has none is found with unset'],
    [{ field: '', is: 'set' }, 'the name of a field is empty'],
  ])('by no condition that holds of everything or nothing: %j', async (predicate, problem) => {
    const docs = await someDocuments()
    await expect(docs.ask('query_chunks', { where: [predicate] })).rejects.toThrow(`where: ${problem}`)
  })

  it.each([
    [[{ field: 'platform', is: 'eq', value: 'hn' }], ['Show HN']],
    [[{ field: 'day_number', is: 'gt', value: 3 }], ['Deep dive', 'Recap']],
    [
      [
        { field: 'date', is: 'le', value: '2026-06-30' },
        { field: 'platform', is: 'ne', value: 'hn' },
      ],
      ['Announcement', 'Recap'],
    ],
    [[{ field: 'platform', is: 'in', value: ['hn', 'x'] }], ['Show HN']],
    [[{ field: 'done', is: 'eq', value: true }], ['Announcement']],
    [[{ field: 'done', is: 'set' }], ['Announcement', 'Deep dive']],
    [[{ field: 'platform', is: 'unset' }], ['Notes']],
    [[{ field: 'platform', is: 'contains', value: 'LO' }], ['Announcement', 'Deep dive', 'Recap']],
    [[{ field: 'x"y', is: 'eq', value: "'); drop table chunks" }], []],
  ])('by their fields: %j', async (where, expected) => {
    const docs = await someDocuments()
    const { root_chunk_id } = await aLaunchPlan(docs)
    const { chunks } = await docs.ask('query_chunks', {
      parent_id: root_chunk_id,
      where,
      include: ['fields', 'body', 'tags'],
    })
    expect(chunks.map(({ title }: { title: string }) => title)).toEqual(expected)
  })

  it('with whoever made them and has written them last, where that is asked for', async () => {
    const { ask, asAgent, plan } = await someDocuments()
    const { document_id } = await plan()
    const { id } = await ask('create_chunk', { document_id, title: 'Said', type: 'comment' })
    await asAgent('r_9').ask('update_chunk', { id, revision: 1, set_fields: { resolved: true } })
    const [plain] = (await ask('query_chunks', { ids: [id] })).chunks
    expect(plain).not.toHaveProperty('created_by')
    const [said] = (await ask('query_chunks', { ids: [id], include: ['actors'] })).chunks
    expect(said.created_by).toMatchObject({ kind: 'user', id: 'ada' })
    expect(said.updated_by).toMatchObject({ kind: 'agent', run_id: 'r_9' })
    expect(Date.parse(said.created_at)).toBeLessThanOrEqual(Date.parse(said.updated_at))
  })

  it('by a name among others in a field', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id } = await plan()
    for (const mentions of [['ada', 'bob'], ['ada2']]) {
      await ask('create_chunk', { document_id, title: `${mentions}`, type: 'comment', fields: { mentions } })
    }
    const where = [{ field: 'mentions', is: 'contains', value: '"ada"' }]
    const { chunks } = await ask('query_chunks', { type: 'comment', where, sort: 'created_at', order: 'desc' })
    expect(chunks.map(({ title }: { title: string }) => title)).toEqual(['ada,bob'])
  })

  onSqlite('where one of them has fields that go deeper than SQLite reads', async () => {
    const docs = await withSql()
    await aLaunchPlan(docs)
    const deep = `{"date": "2026-01-01", "x": ${'['.repeat(1100)}${']'.repeat(1100)}}`
    const [{ n }] = (await docs.db.all(`select n from chunks where title = 'Notes'`, [])) as [{ n: number }]
    await docs.db.write([{ sql: 'update chunk_contents set fields = ? where n = ?', parameters: [deep, n] }])

    const titles = async (query: Record<string, unknown>) =>
      (await docs.ask('query_chunks', query)).chunks.map(({ title }: { title: string }) => title)
    expect(await titles({ where: [{ field: 'platform', is: 'eq', value: 'hn' }] })).toEqual(['Show HN'])
    expect(await titles({ where: [{ field: 'date', is: 'unset' }] })).toEqual(['Plan', 'Notes'])
    expect(await titles({ type: 'publication', sort: 'field:date' })).toHaveLength(4)
    expect(await titles({ sort: 'field:date', include: ['fields'] })).toHaveLength(6)
    const sql = `SELECT title FROM chunks WHERE date <= '2026-06-29'`
    expect((await docs.ask('query_chunks', { sql })).rows).toEqual([['Announcement']])
  })

  it.each(['position', 'title', 'status', 'updated_at', 'field:date', 'field:day_number', 'field:nope'])(
    'page by page, sorted by %s, each once',
    async (sort) => {
      const docs = await someDocuments()
      await aLaunchPlan(docs)
      for (const order of ['asc', 'desc']) {
        const all = (await docs.ask('query_chunks', { sort, order })).chunks.map(({ id }: { id: string }) => id)
        expect(all).toHaveLength(6)
        const paged: string[] = []
        let cursor: string | undefined
        do {
          const page = await docs.ask('query_chunks', { sort, order, limit: 2, ...(cursor ? { cursor } : {}) })
          paged.push(...page.chunks.map(({ id }: { id: string }) => id))
          cursor = page.next_cursor
        } while (cursor)
        expect(paged).toEqual(all)
        const skipped = await docs.ask('query_chunks', { sort, order, offset: 4 })
        expect(skipped.chunks.map(({ id }: { id: string }) => id)).toEqual(all.slice(4))
      }
      const { next_cursor } = await docs.ask('query_chunks', { sort, limit: 1 })
      expect((await docs.refusal('query_chunks', { sort, order: 'desc', cursor: next_cursor })).message).toContain(
        'cursor',
      )
    },
  )

  it('with their revisions page by page, however many are added meanwhile', async () => {
    const docs = await someDocuments()
    const { ids } = await docs.plan('A')
    const [id] = ids
    for (let n = 2; n <= 5; n++) await docs.ask('update_chunk', { id, body: `${n}`, revision: n - 1 })
    const seen: number[] = []
    for (let [cursor, n]: [string | undefined, number] = ['', 6]; cursor !== undefined; n++) {
      const page: Awaited<ReturnType<typeof docs.ask>> = await docs.ask('history', { id, limit: 2, cursor })
      seen.push(...page.revisions.map(({ revision }: { revision: number }) => revision))
      cursor = page.next_cursor
      await docs.ask('update_chunk', { id, body: `${n}`, revision: n - 1 })
    }
    expect(seen).toEqual([5, 4, 3, 2, 1])
  })

  it('page by page, where the last one of a page is gone and others have moved the rest along', async () => {
    const docs = await someDocuments()
    const { document_id, root_chunk_id: parent_id, ids } = await docs.plan('A', 'B', 'C', 'D')
    for (const [order, rest] of [
      ['asc', ['C', 'D']],
      ['desc', ['A']],
    ]) {
      const { next_cursor: cursor } = await docs.ask('query_chunks', { parent_id, order, limit: 2 })
      const [gone] = order === 'asc' ? [ids[1]] : [ids[2]]
      await docs.ask('delete_chunk', { id: gone })
      for (const title of ['new', 'newer'])
        await docs.ask('create_chunk', { document_id, title, parent_id, position: 1 })
      const { chunks } = await docs.ask('query_chunks', { parent_id, order, cursor })
      const old = chunks.map(({ title }: { title: string }) => title).filter((title: string) => title.length === 1)
      expect(old).toEqual(rest)
    }
  })

  it('by the words in them, the title before the rest', async () => {
    const docs = await someDocuments()
    const { root_chunk_id } = await aLaunchPlan(docs)
    const found = async (query: string) =>
      (await docs.ask('search', { query })).chunks.map(({ title }: { title: string }) => title)
    expect(await found('recap')).toEqual(['Recap'])
    expect(await found('annou')).toEqual(['Announcement'])
    expect(await found('hn "OR" NEAR(x')).toContain('Show HN')
    expect(await found('"')).toEqual([])
    expect((await docs.ask('search', { query: 'deep' })).chunks).toMatchObject([
      { title: 'Deep dive', type: 'publication', excerpt: 'About Deep dive' },
    ])
    await docs.ask('update_chunk', {
      id: root_chunk_id,
      revision: 1,
      body: 'We publish the deep dive after the Show HN.',
    })
    const { chunks } = await docs.ask('query_chunks', { text: 'show hn', parent_id: root_chunk_id })
    const mentions = await docs.ask('unlinked_mentions', { id: chunks[0].id })
    expect(mentions).toMatchObject({ unlinked_mentions: [{ chunk_id: root_chunk_id }], truncated: false })
    await docs.ask('update_chunk', { id: root_chunk_id, revision: 2, body: 'We publish after the [[Show HN]].' })
    expect((await docs.ask('unlinked_mentions', { id: chunks[0].id })).unlinked_mentions).toEqual([])
    expect((await docs.ask('related', { id: chunks[0].id })).related[0]).toMatchObject({ chunk_id: root_chunk_id })
  })

  it('by what they are about, in writing without spaces as well', async () => {
    const { ask, plan } = await someDocuments()
    const { ids } = await plan('北京', '人工智能的历史', '医疗中的人工智能', '目的', 'パン')
    const [city, past, medicine, , bread] = ids
    await ask('update_chunk', { id: bread, revision: 1, body: '我们去北京旅行。' })
    const others = async (op: string, id: string | undefined) => {
      const { related, unlinked_mentions } = await ask(op, { id })
      return (related ?? unlinked_mentions).map(({ chunk_id }: { chunk_id: string }) => chunk_id)
    }
    expect(await others('related', past)).toEqual([medicine])
    expect(await others('related', medicine)).toEqual([past])
    expect(await others('unlinked_mentions', city)).toEqual([bread])
  })
})

describe('SQL', () => {
  it('by words of any script, and by the signs of a name', async () => {
    const { ask, plan } = await someDocuments()
    const titles = ['東京タワーに行く', 'Новогодняя ёлка', 'Written in C++', 'Written in C', 'Good 👍🏽']
    await plan(...titles)
    const found = async (query: string) =>
      (await ask('search', { query })).chunks.map(({ title }: { title: string }) => title)
    expect(await found('京タワ')).toEqual([titles[0]])
    expect(await found('ЕЛКА')).toEqual([titles[1]])
    expect(await found('c++')).toEqual([titles[2]])
    expect(await found('👍')).toEqual([titles[4]])
    expect((await ask('query_chunks', { text: 'タワー' })).chunks).toMatchObject([{ title: titles[0] }])
  })

  it('runs the query of the launch plan as it is written', async () => {
    const docs = await withSql()
    await aLaunchPlan(docs)
    const sql = "SELECT * FROM chunks WHERE type='publication' AND status='scheduled' AND date <= '2026-06-30'"
    const { columns, rows, truncated } = await docs.ask('query_chunks', { sql })
    expect(rows.map((row: unknown[]) => row[columns.indexOf('title')]).sort()).toEqual(['Announcement', 'Recap'])
    expect(columns).toEqual(
      expect.arrayContaining(['id', 'parent_id', 'position', 'body', 'platform', 'date', 'day_number']),
    )
    expect(columns.filter((name: string) => name === 'status')).toHaveLength(1)
    expect(truncated).toBe(false)
  })

  it('sees documents, edges, types and tags, and takes arguments', async () => {
    const docs = await withSql()
    const { document_id } = await aLaunchPlan(docs)
    const value = async (sql: string, args: unknown[] = []) =>
      (await docs.ask('query_chunks', { sql: placed(sql), args })).rows
    expect(await value('select id, title from documents where title = ?', ['Plan'])).toEqual([[document_id, 'Plan']])
    expect(await value('select name, document_id from chunk_types')).toEqual([['publication', '']])
    expect(await value('select tag from chunk_tags order by tag')).toEqual([['misc'], ['misc/more']])
    expect(await value('select count(*) from chunk_edges')).toEqual([[0]])
    expect(await value('select title, position from chunks where parent_id is null')).toEqual([['Plan', 0]])
  })

  it('sees nothing of what is gone and not removed yet', async () => {
    const docs = await withSql()
    await docs.deps.leftovers.stop()
    const { document_id, ids } = await docs.plan('A', 'B')
    await docs.ask('add_tags', { id: ids[0], tags: ['x'] })
    await docs.ask('link_chunks', { from_id: ids[0], to_id: ids[1], kind: 'needs' })
    const sql = `select (select count(*) from documents), (select count(*) from chunks),
      (select count(*) from chunk_edges), (select count(*) from chunk_tags)`
    expect((await docs.ask('query_chunks', { sql })).rows).toEqual([[1, 3, 1, 1]])
    await docs.ask('delete_document', { id: document_id })
    expect((await docs.ask('query_chunks', { sql })).rows).toEqual([[0, 0, 0, 0]])
    expect(await docs.db.all('select count(*) as n from chunks', [])).toEqual([{ n: 3 }])
  })

  it('bears fields of any name', async () => {
    const docs = await withSql()
    const { document_id } = await docs.plan()
    // JSON with that in it cannot be read by Postgres.
    const nul = testStore === 'sqlite' ? '\u0000' : 'nul'
    const fields = ['x"y', "it's", 'a b', 'ID', 'Ä', 'back\\slash', nul, '$.x', 'Name', 'name', 'x]; drop']
    await docs.ask('define_type', { name: 't', fields: fields.slice(0, 9) })
    await docs.ask('define_type', { name: 'u', fields: fields.slice(9) })
    await docs.ask('create_chunk', {
      document_id,
      title: 'A',
      type: 't',
      fields: Object.fromEntries(fields.map((name, i) => [name, String(i)])),
    })
    const { columns, rows } = await docs.ask('query_chunks', { sql: "select * from chunks where type = 't'" })
    const row = Object.fromEntries(columns.map((name: string, i: number) => [name, rows[0][i]]))
    expect(row).toMatchObject({ 'a b': '2', Ä: '4', '$.x': '7', Name: '8', 'x]; drop': '10' })
    const { rows: read } = await docs.ask('query_chunks', {
      sql: placed(`select ${testStore === 'sqlite' ? 'fields' : 'fields::json'} ->> ? from chunks where type = ?`),
      args: [testStore === 'sqlite' ? "$.it's" : "it's", 't'],
    })
    expect(read).toEqual([['1']])
  })

  it('has a column for each of the first fields, however many types of one declaration there are', async () => {
    const docs = await withSql()
    const { document_id } = await docs.plan()
    const names = Array.from({ length: 500 }, (_, i) => `f${i}`)
    await docs.ask('define_type', { name: 'a', fields: ['id', ...names.slice(0, 499)] })
    await docs.ask('define_type', { name: 'b', document_id, fields: ['id', ...names.slice(0, 499)] })
    await docs.ask('define_type', { name: 'c', fields: names.slice(499).concat('beyond') })
    const { columns } = await docs.ask('query_chunks', { sql: 'select * from chunks' })
    expect(columns.filter((name: string) => names.includes(name))).toEqual(names)
    expect(columns).not.toContain('beyond')
  })

  it('reads declarations as far as there is time for', async () => {
    const docs = await withSql()
    await docs.plan()
    for (let n = 10; n < 30; n++) {
      await docs.ask('define_type', { name: `t${n}`, fields: [`f${n}`, { note: `${n}${'x'.repeat(65_000)}` }] })
    }
    const { columns } = await docs.ask('query_chunks', { sql: 'select * from chunks' })
    expect(columns).toContain('f26')
    expect(columns).not.toContain('f27')
  })

  it('sees every change as soon as it is made', async () => {
    const docs = await withSql()
    const { document_id, root_chunk_id, ids } = await docs.plan('A', 'B', 'C')
    const [a = '', b = '', c = ''] = ids
    const shown = async () => {
      const all = async (sql: string) => (await docs.ask('query_chunks', { sql })).rows
      return JSON.stringify([
        await all('SELECT * FROM documents ORDER BY id'),
        await all('SELECT * FROM chunks ORDER BY id'),
        await all('SELECT * FROM chunk_edges ORDER BY from_id, to_id'),
        await all('SELECT * FROM chunk_types ORDER BY name'),
        await all('SELECT * FROM chunk_tags ORDER BY chunk_id, tag'),
      ])
    }
    const told = () => docs.db.read.selectFrom('document_places').select('head_seq').executeTakeFirstOrThrow()
    const changes: [string, Record<string, unknown>][] = [
      ['update_chunk', { id: a, revision: 1, body: 'see [[B]]', fields: { day: 1 } }],
      ['update_chunk', { id: b, revision: 1, title: 'Other', status: 'todo', type: 'task' }],
      ['move_chunk', { id: c, new_parent_id: a }],
      ['reorder_chunk', { id: b, direction: 'up' }],
      ['link_chunks', { from_id: a, to_id: c, kind: 'next' }],
      ['unlink_chunks', { from_id: a, to_id: c, kind: 'next' }],
      ['add_tags', { id: a, tags: ['x'] }],
      ['add_tags', { document_id, tags: ['y'] }],
      ['remove_tags', { id: a, tags: ['x'] }],
      ['define_type', { name: 'task', fields: ['day'] }],
      ['define_type', { name: 'task', fields: ['hour'] }],
      ['create_chunk', { document_id, parent_id: root_chunk_id, title: 'D' }],
      ['upsert_chunk', { document_id, parent_id: root_chunk_id, natural_key: 'k', title: 'E' }],
      ['import_md', { markdown: '# Imported\n\ntext', path: '/documents/imported' }],
      ['delete_chunk', { id: b }],
      ['revert', { id: a, revision: 2 }],
      ['delete_document', { id: document_id }],
    ]
    let before = await shown()
    for (const [op, input] of changes) {
      await docs.ask(op, input)
      const after = await shown()
      expect(after, op).not.toBe(before)
      before = after
    }
    const { head_seq } = await told()
    expect(await shown()).toBe(before)
    expect((await told()).head_seq).toBe(head_seq)
  })

  it('sees whole changes and all that was acknowledged, while others write', async () => {
    const docs = await withSql()
    const { document_id, root_chunk_id } = await docs.plan()
    let written = 0
    const write = async () => {
      for (let i = 0; i < 40; i++) {
        await docs.ask('create_chunk', { document_id, parent_id: root_chunk_id, title: `${i}`, tags: [`t${i}`] })
        written++
      }
    }
    const ask = async () => {
      while (written < 40) {
        const atLeast = written
        const { rows } = await docs.ask('query_chunks', {
          sql: 'SELECT (SELECT count(*) FROM chunks) - 1, (SELECT count(*) FROM chunk_tags)',
        })
        const [chunks, tags] = rows[0] as [number, number]
        expect(chunks).toBe(tags)
        expect(chunks).toBeGreaterThanOrEqual(atLeast)
      }
    }
    await Promise.all([write(), ask(), ask()])
  })

  it('sees nothing of anybody else', async () => {
    const docs = await withSql()
    await aLaunchPlan(docs)
    const bob = docs.asAgent('r_1', { userId: 'bob' })
    await bob.ask('create_document', { title: 'Secret', tags: ['s'] })
    for (const other of [bob, docs.asAgent('r_1', { tenantId: 'other' })]) {
      const { rows } = await other.ask('query_chunks', { sql: "select title from chunks where title <> 'Secret'" })
      expect(rows).toEqual([])
    }
    const { rows } = await docs.ask('query_chunks', {
      sql: "select 1 from chunks, chunk_tags where title = 'Secret' or tag = 's'",
    })
    expect(rows).toEqual([])
    for (const sql of [
      'select * from main.chunks',
      'select * from document_changes',
      'select * from sessions',
      'select * from sqlite_master',
      'select * from placed_chunks',
      'select * from chunk_fts',
      'with chunks as (select * from main.chunks) select * from chunks',
      'select value from main.memory full join (select null as value) as x using (value)',
      'select payload from main.events full join (select null as payload) as x using (payload)',
      'select sql from temp.sqlite_schema full join (select null as sql) as x using (sql)',
      "select 1 from main.memory natural join (select 'guess' as value)",
      'select title from temp.chunks',
      'select main.chunks.title from chunks',
      'select * from pragma_table_list',
      "attach ':memory:' as x",
      'pragma journal_mode = delete',
      'delete from chunks',
      'select 1; select 2',
      "select load_extension('x')",
      'create temp table t (a)',
    ]) {
      expect(await docs.refusal('query_chunks', { sql }), sql).toMatchObject({ code: 'tool_refused' })
    }
  })

  it('sees nothing of what is deleted but not removed yet, and links as they are led elsewhere afterwards', async () => {
    const docs = await withSql()
    const hub = (under: string) => docs.ask('import_md', { markdown: `# ${under}\n\n## Hub\n` })
    const first = await hub('First')
    await hub('Second')
    // More than are led elsewhere with the change itself.
    await docs.ask('import_md', { markdown: `# Links\n\n${'## L\n\n[[Hub]]\n\n'.repeat(1001)}` })
    const count = async (what: string, title: string) => {
      const sql = what === 'edges' ? 'chunk_edges as e join chunks as c on c.id = e.to_id' : 'chunks as c'
      const of = `(select document_id from chunks where title = '${title}')`
      const { rows } = await docs.ask('query_chunks', {
        sql: `select count(*) from ${sql} where c.document_id in ${of}`,
      })
      return rows[0][0]
    }
    expect(await count('edges', 'First')).toBe(1001)
    docs.deps.leftovers.begin = () => {}
    await docs.ask('delete_document', { id: first.document_id })
    expect(await count('chunks', 'First')).toBe(0)
    expect([await count('edges', 'First'), await count('edges', 'Second')]).toEqual([0, 0])
    await docs.deps.leftovers.run()
    expect(await count('edges', 'Second')).toBe(1001)
  })
})
