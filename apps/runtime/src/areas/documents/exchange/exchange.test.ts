import { describe, expect, it } from 'vitest'
import { followChanges } from '../../../engine/feeds/follow-changes.ts'
import { keyOfPlace } from '../../../ground/identity/place.ts'
import { inOneGo } from '../../../ground/in-slices.ts'
import { testStore } from '../../../testing/open-test-database.ts'
import { toDocumentChange } from '../history/document-change.ts'
import { lineDiff } from '../history/line-diff.ts'
import { listChanges } from '../store/changes.ts'
import { someDocuments } from '../testing/some-documents.ts'

describe('a file', () => {
  it('comes back to the byte from the database', async () => {
    const { ask } = await someDocuments()
    // No text of Postgres has a NUL.
    const nul = testStore === 'postgres' ? '\uFFFD' : '\0'
    const given =
      '\uFEFF---\r\ntitle: x\r\n---\r\n\r\nPlan\r\n====\r\n\0 🧵\r\n\r\n### Deep ###\r\n\r\n```\r\n# no\r\n```\r\n# Second\n\n[[Deep]]'
    const markdown = given.replace('\0', nul)
    const arrived = await ask('import_md', { markdown: given, path: '/docs/x' })
    const { document_id, root_chunk_id } = arrived
    expect(arrived).toMatchObject({ chunks_created: 3, path: '/docs/x' })
    expect(await ask('get_chunk', { id: root_chunk_id })).toMatchObject({
      title: 'Plan',
      body: `${nul} 🧵`,
      preamble: '\uFEFF---\r\ntitle: x\r\n---\r\n\r\n',
    })
    expect((await ask('export_md', { path: '/docs/x', include_metadata: false })).markdown).toBe(markdown)
    const again = await ask('import_md', { markdown: (await ask('export_md', { document_id })).markdown })
    expect((await ask('export_md', { document_id: again.document_id, include_metadata: false })).markdown).toBe(
      markdown,
    )
  })

  it('carries types, edges, tags and keys along, under new ids', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B')
    await ask('update_chunk', {
      id: ids[0],
      revision: 1,
      type: 'task',
      status: 'todo',
      fields: { n: 1 },
      tags: ['x'],
      body: '[[B]]',
    })
    await ask('link_chunks', { from_id: ids[0], to_id: ids[1], kind: 'needs' })
    await ask('create_chunk', { document_id, title: 'beside' })
    const { markdown } = await ask('export_md', { document_id })
    expect(markdown).toBe(
      `# Plan\n<!-- loom: {"id":"${root_chunk_id}"} -->\n\n` +
        `## A\n<!-- loom: {"id":"${ids[0]}","type":"task","status":"todo","fields":{"n":1},"tags":["x"]} -->\n\n[[B]]\n\n` +
        `## B\n<!-- loom: {"id":"${ids[1]}"} -->\n\n` +
        markdown.slice(markdown.indexOf('# beside')),
    )
    expect(markdown).toContain(`\n<!-- loom-edges:\n${ids[0]} -> ${ids[1]} [needs]\n-->\n`)
    const copy = await ask('import_md', { markdown })
    const { edges } = await ask('get_edges', { document_id: copy.document_id })
    expect(edges.map(({ kind, auto }: { kind: string; auto: boolean }) => [kind, auto]).sort()).toEqual([
      ['needs', false],
      ['references', true],
    ])
    const { chunks } = await ask('query_chunks', { document_id: copy.document_id, parent_id: '' })
    expect(chunks.map(({ title }: { title: string }) => title)).toEqual(['Plan', 'beside'])
    expect(chunks[0].id).not.toBe(root_chunk_id)
  })

  it('can be added under a chunk of a document', async () => {
    const { ask, plan, titlesUnder, refusal } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A')
    expect(await ask('import_md', { document_id, markdown: '# One\n\n# Two\n' })).toMatchObject({
      document_id,
      chunks_created: 2,
    })
    await ask('import_md', { document_id, parent_id: ids[0], markdown: 'just text' })
    expect(await titlesUnder(root_chunk_id)).toEqual(['A', 'One'])
    expect(await titlesUnder(ids[0]!)).toEqual(['Untitled'])
    expect((await ask('export_md', { document_id, include_metadata: false })).markdown).toContain('## A')
    expect((await refusal('import_md', { parent_id: ids[0], markdown: 'x' })).message).toContain(
      'needs the document_id',
    )
  })

  it('becomes a canvas and comes back', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, ids } = await plan('A', 'B')
    await ask('update_chunk', { id: ids[0], revision: 1, type: 'task', status: 'todo', body: 'text', tags: ['x'] })
    await ask('link_chunks', { from_id: ids[0], to_id: ids[1], kind: 'needs' })
    const { canvas } = await ask('export_canvas', { document_id })
    const copy = await ask('import_canvas', { canvas: JSON.stringify(canvas) })
    expect(copy).toMatchObject({ chunks_created: 3, edges_created: 1 })
    const plain = (text: string) => text.replace(/"id":"[0-9a-f]+",?/g, '').replace(/[0-9a-f]{32}/g, 'id')
    const [one, two] = [document_id, copy.document_id].map((id) => ask('export_md', { document_id: id }))
    expect(plain((await two!).markdown)).toBe(plain((await one!).markdown))
    const box = { width: 10, height: 10 }
    const foreign = {
      nodes: [
        { id: 'g', type: 'group', label: 'Group', x: 0, y: 0, width: 100, height: 100 },
        { id: 't', type: 'text', text: 'Hello\nworld', x: 5, y: 5, ...box },
        { id: 'l', type: 'link', url: 'https://x.org', x: 500, y: 5, ...box },
      ],
      edges: [{ id: 'e', fromNode: 't', toNode: 'l' }],
    }
    const [first] = foreign.nodes
    await expect(ask('import_canvas', { canvas: { ...foreign, nodes: [first, ...foreign.nodes] } })).rejects.toThrow(
      /^import_canvas: two nodes have the id "[^"]+"; each needs its own$/,
    )
    const made = await ask('import_canvas', { canvas: foreign, title: 'Drawn' })
    expect(made).toMatchObject({ chunks_created: 4, edges_created: 1 })
    expect((await ask('export_md', { document_id: made.document_id, include_metadata: false })).markdown).toBe(
      '# Drawn\n\n## Group\n\n### Hello\n\nHello\nworld\n\n## https://x.org\n\nhttps://x.org\n',
    )
    for (const canvas of ['{', {}, { nodes: [{}] }, { nodes: 'x' }]) {
      expect(await refusal('import_canvas', { canvas })).toMatchObject({ code: 'tool_refused' })
    }
  })
})

describe('an image', () => {
  const png = Buffer.from('89504e470d0a1a0a0011', 'hex')

  it('makes its chunk one, and is told about', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { ids } = await plan('A')
    const [id] = ids
    expect((await refusal('get_asset', { id })).message).toContain('has no asset')
    const chunk = await ask('set_asset', {
      id,
      media_type: 'image/png',
      data: png.toString('base64'),
      filename: 'a.png',
    })
    expect(chunk).toMatchObject({
      type: 'image',
      revision: 2,
      asset: { media_type: 'image/png', size: 10, filename: 'a.png' },
    })
    expect(await ask('get_asset', { id })).toMatchObject({
      chunk_id: id,
      media_type: 'image/png',
      size: 10,
      described: false,
    })
    expect(await ask('revert', { id, revision: 2 })).not.toHaveProperty('asset')
  })

  it('is refused where it is something else, or too large', async () => {
    const { plan, refusal } = await someDocuments()
    const { ids } = await plan('A')
    const reason = async (media_type: string, data: string) =>
      (await refusal('set_asset', { id: ids[0], media_type, data })).message
    expect(await reason('image/svg+xml', 'PHN2Zz4=')).toContain('media_type must be one of')
    expect(await reason('constructor', 'PHN2Zz4=')).toContain('media_type must be one of')
    expect(await reason('image/png', '<svg>')).toContain('must be base64')
    expect(await reason('image/png', 'aGVsbG8gd29ybGQ=')).toContain('not an image of type image/png')
    const large = Buffer.concat([png, Buffer.alloc(8 * 1024 * 1024)])
    expect(await reason('image/png', large.toString('base64'))).toContain('may have 8388608')
  })
})

describe('changes', () => {
  it('are told to who follows, each once and in order, with who made them', async () => {
    const { deps, ask, plan, asAgent } = await someDocuments()
    const { document_id, ids } = await plan('A')
    const other = await plan('X')
    const frames: string[] = []
    const closed = new AbortController()
    let arrived = () => {}
    const sink = {
      closed: closed.signal,
      drained: async () => {},
      write: (text: string) => {
        frames.push(text)
        arrived()
      },
    }
    const place = { tenantId: 'default', scope: 'user', scopeId: 'ada' } as const
    const following = followChanges(sink, {
      feed: deps.feed,
      log: keyOfPlace(place),
      since: 1,
      list: async (after, limit) =>
        (await listChanges(deps.db.read, place, { after, documentId: document_id, limit })).map(toDocumentChange),
    })
    const until = async (n: number) => {
      while (frames.length < n) await new Promise<void>((resolve) => (arrived = resolve))
    }
    await until(1)
    await ask('update_chunk', { id: other.ids[0], revision: 1, status: 'not ours' })
    await asAgent('r_3').ask('update_chunk', { id: ids[0], revision: 1, status: 'done' })
    await ask('link_chunks', { from_id: ids[0], to_id: other.ids[0], kind: 'k' })
    await ask('delete_chunk', { id: ids[0] })
    await until(4)
    closed.abort()
    await following
    const changes = frames
      .map((frame) => /^id: (\d+)\nevent: change\ndata: (.*)\n\n$/.exec(frame)!)
      .map(([, id, data]) => ({ id: Number(id), ...JSON.parse(data!) }))
    expect(changes.map(({ id, seq, op }) => [id === seq, op])).toEqual([
      [true, 'create_chunk'],
      [true, 'update_chunk'],
      [true, 'link_chunks'],
      [true, 'delete_chunk'],
    ])
    expect(changes[1]).toMatchObject({
      type: 'change',
      document_id,
      chunk_id: ids[0],
      revision: 2,
      keys: ['status', 'rank'],
      actor: { kind: 'agent', id: 'writer', run_id: 'r_3' },
    })
    const listed = await ask('changes', { since: 1, document_id, limit: 2 })
    expect(listed).toMatchObject({
      changes: [{ op: 'create_chunk' }, { op: 'update_chunk' }],
      truncated: true,
      head: 8,
    })
    expect((await ask('changes', { run_id: 'r_3' })).changes).toHaveLength(1)
  })
})

describe('a diff', () => {
  it.each([
    ['a\nb', 'a\nb', ''],
    ['', 'a', '@@ -1,1 +1,1 @@\n-\n+a\n'],
    ['a\nb\nc', 'a\nc', '@@ -1,3 +1,2 @@\n a\n-b\n c\n'],
    ['1\n2\n3\n4\n5\n6\n7\n8\n9', '1\n2\n3\n4\nx\n6\n7\n8\n9', '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n'],
  ])('of %j and %j', (before, after, expected) => {
    expect(inOneGo(lineDiff(before, after))).toBe(expected)
  })
})

describe('a board', () => {
  async function aBoard() {
    const documents = await someDocuments()
    const { ask } = documents
    const text = 'Title,Status\nA,Todo\nB,Todo\nC,Todo\nD,Done\n'
    const { document_id } = await ask('import_board', { text, title: 'Plan' })
    const { chunks } = await ask('query_chunks', { document_id, type: 'card' })
    const idOf = (title: string) => chunks.find((chunk: { title: string }) => chunk.title === title).id
    await ask('move_card', { id: idOf('C'), before_id: idOf('A'), status: 'todo' })
    const said = { type: 'comment', title: 'Comment', body: 'Why?' }
    const { id } = await ask('create_chunk', { document_id, parent_id: idOf('B'), ...said })
    await ask('create_chunk', { document_id, parent_id: id, ...said, body: 'Because.' })
    const cardsOf = async (document_id: string) => {
      const { chunks } = await ask('query_chunks', { document_id, type: 'card', sort: 'rank' })
      const columns = Map.groupBy(chunks as { title: string; status: string }[], ({ status }) => status)
      return ['todo', 'done'].flatMap((status) => (columns.get(status) ?? []).map(({ title }) => `${status}: ${title}`))
    }
    const boardOf = async (document_id: string) => {
      const { chunks } = await ask('query_chunks', { document_id, type: 'loom/board', include: ['fields'] })
      return chunks.map(({ natural_key, fields }: Record<string, unknown>) => ({ natural_key, fields }))
    }
    return { ...documents, document_id, cardsOf, boardOf }
  }

  it('comes back from Markdown with its settings, the order of its cards and, where asked for, what was said', async () => {
    const { ask, document_id, cardsOf, boardOf } = await aBoard()
    const order = await cardsOf(document_id)
    expect(order.filter((card: string) => card.startsWith('todo'))).toEqual(['todo: C', 'todo: A', 'todo: B'])
    const { markdown } = await ask('export_md', { document_id, include_comments: true })
    const copy = await ask('import_md', { markdown })
    expect(await cardsOf(copy.document_id)).toEqual(order)
    expect(await boardOf(copy.document_id)).toEqual(await boardOf(document_id))
    const { chunks } = await ask('query_chunks', { document_id: copy.document_id, type: 'comment', include: ['body'] })
    expect(chunks.map(({ body }: { body: string }) => body)).toEqual(['Why?', 'Because.'])
    expect((await ask('export_md', { document_id })).markdown).not.toMatch(/Why|Because/)
  })

  it('is words alone where only those are wanted', async () => {
    const { ask, document_id } = await aBoard()
    const { markdown } = await ask('export_md', { document_id, include_metadata: false })
    expect(markdown).toBe('# Plan\n\n## A\n\n## B\n\n## C\n\n## D\n')
  })

  it('comes in after the cards that are there, in the order that the text says and by no rank of the text', async () => {
    const { ask, document_id, cardsOf } = await aBoard()
    const card = (title: string, rank: string) =>
      `## ${title}\n<!-- loom: {"status":"todo","rank":"${rank}","type":"card"} -->\n`
    await ask('import_md', { document_id, markdown: `# More\n\n${card('Y', 'no rank')}${card('X', 'a')}` })
    const order = (await cardsOf(document_id)).filter((title: string) => title.startsWith('todo'))
    expect(order.map((title: string) => title.slice(-1))).toEqual(['C', 'A', 'B', 'X', 'Y'])
    const { chunks } = await ask('query_chunks', { document_id, status: 'todo' })
    const id = chunks.find(({ title }: { title: string }) => title === 'Y').id
    expect(await ask('move_card', { id, status: 'done' })).toMatchObject({ status: 'done' })
  })

  it('comes back from a canvas as the board it is', async () => {
    const { ask, document_id, boardOf } = await aBoard()
    const { canvas } = await ask('export_canvas', { document_id })
    expect(JSON.stringify(canvas)).not.toContain('Why?')
    expect(await boardOf((await ask('import_canvas', { canvas })).document_id)).toEqual(await boardOf(document_id))
  })
})
