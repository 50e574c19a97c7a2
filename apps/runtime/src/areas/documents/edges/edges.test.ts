import { pages } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

describe('edges', () => {
  it('are drawn once, and taken away once', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, ids } = await plan('A', 'B')
    const edge = { from_id: ids[0], to_id: ids[1], kind: 'implements' }
    expect(await ask('link_chunks', edge)).toEqual({ ok: true, ...edge })
    expect(await ask('link_chunks', edge)).toEqual({ ok: true, ...edge })
    expect(await ask('get_edges', { document_id })).toEqual({
      edges: [
        {
          ...edge,
          auto: false,
          from_title: 'A',
          to_title: 'B',
          from_document_id: document_id,
          to_document_id: document_id,
        },
      ],
    })
    expect((await ask('get_edges', { id: ids[1] })).edges).toMatchObject([edge])
    expect((await refusal('get_edges', { id: 'nope' })).message).toContain('no such chunk: nope')
    expect((await refusal('get_edges')).message).toContain('missing required field: document_id, or id of a chunk')
    expect((await ask('changes', {})).changes.filter(({ op }: { op: string }) => op === 'link_chunks')).toMatchObject([
      { chunk_id: ids[0], to_id: ids[1], kind: 'implements' },
    ])
    expect(await ask('unlink_chunks', edge)).toEqual({ removed: true })
    expect(await ask('unlink_chunks', edge)).toEqual({ removed: false })
    expect((await refusal('link_chunks', { ...edge, to_id: 'nope' })).message).toContain('no such chunk: nope')
  })

  it('are read a page at a time, each of them once, whatever is moved meanwhile', async () => {
    const { ask, plan, refusal, db } = await someDocuments()
    const hub = await plan('Hub', 'B')
    const other = await plan('C')
    const [id] = hub.ids
    await ask('import_md', {
      document_id: hub.document_id,
      markdown: `# Many\n${'\n## L\n\n[[Hub]] and [[B]]\n'.repeat(450)}`,
    })
    for (const to_id of [id, ...other.ids]) await ask('link_chunks', { from_id: other.ids[0], to_id, kind: 'needs' })
    for (const to_id of [id, hub.ids[1]]) await ask('link_chunks', { from_id: id, to_id, kind: 'needs' })
    const { chunks } = await ask('query_chunks', { document_id: hub.document_id, limit: 1000 })
    const read = async (
      input: { document_id?: string; id?: string; limit: number },
      between = async (_: number) => {},
    ) => {
      const found: string[] = []
      let n = 0
      for await (const { edges } of pages((page) => ask('get_edges', { ...input, ...page }))) {
        expect(edges.length).toBeLessThanOrEqual(input.limit)
        for (const { from_id, to_id, kind } of edges) found.push(`${from_id} ${to_id} ${kind}`)
        await between(n++)
      }
      return found
    }
    const stored = async (where: string) =>
      (
        await db.all<{ edge: string }>(
          `select from_id || ' ' || to_id || ' ' || kind as edge from chunk_edges
        where ${where} order by edge`,
          [],
        )
      ).map(({ edge }) => edge)
    const inHub = `(select id from chunks where document_id = '${hub.document_id}')`
    const ofDocument = await stored(`from_id in ${inHub} or to_id in ${inHub}`)
    expect(ofDocument).toHaveLength(903)
    const input = { document_id: hub.document_id }
    expect(await read({ ...input, limit: 1000 })).toEqual(ofDocument)
    const moving = async (n: number) =>
      void (await ask('move_chunk', {
        id: chunks[((n * 37) % 400) + 3].id,
        new_parent_id: hub.root_chunk_id,
        position: 0,
      }))
    expect((await read({ ...input, limit: 50 }, moving)).sort()).toEqual(ofDocument)
    const ofHub = await stored(`from_id = '${id}' or to_id = '${id}'`)
    expect((await read({ id, limit: 20 })).sort()).toEqual(ofHub)
    expect((await read({ id, limit: 1 })).sort()).toEqual(ofHub)
    const { next_cursor: cursor } = await ask('get_edges', { id, limit: 1 })
    expect((await refusal('get_edges', { ...input, cursor })).code).toBe('invalid_cursor')
  })

  it('follow the links in bodies: made, renamed, deleted, and found when their target comes', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B')
    const targets = async () =>
      (await ask('get_edges', { document_id })).edges.map(({ to_title }: { to_title: string }) => to_title)
    await ask('update_chunk', {
      id: ids[0],
      revision: 1,
      body: `see [[ b ]], [[Later|that]], [[${root_chunk_id}]], [[A]]`,
    })
    expect((await targets()).sort()).toEqual(['B', 'Plan'])
    const { id } = await ask('create_chunk', { document_id, title: 'later' })
    expect((await targets()).sort()).toEqual(['B', 'Plan', 'later'])
    await ask('update_chunk', { id, revision: 1, title: 'Sooner' })
    expect((await targets()).sort()).toEqual(['B', 'Plan'])
    await ask('update_chunk', { id, revision: 2, title: 'LATER' })
    expect(await ask('backlinks', { id })).toEqual({
      backlinks: [{ from_id: ids[0], kind: 'references', auto: true, from_title: 'A', from_document_id: document_id }],
    })
    expect((await refusal('unlink_chunks', { from_id: ids[0], to_id: id, kind: 'references' })).message).toContain(
      'edit the body',
    )
    await ask('update_chunk', { id: ids[0], revision: 2, body: 'no links' })
    expect(await targets()).toEqual([])
  })

  it('lead to a chunk of the same document before one elsewhere', async () => {
    const { ask, plan } = await someDocuments()
    await plan('Same')
    const { ids, document_id } = await plan('Same', 'From')
    await ask('update_chunk', { id: ids[1], revision: 1, body: '[[same]]' })
    expect((await ask('get_edges', { document_id })).edges).toMatchObject([{ to_id: ids[0] }])
  })
})
