import { describe, expect, it } from 'vitest'
import {
  actorName,
  markChanges,
  patchChunks,
  staleAfter,
  tellChanges,
  toldBy,
  toldRanks,
  withSiblings,
} from './changes.ts'
import { aChange, aChunk, chunksOf } from './makers.ts'
import { type OutlineChunk, toOutline } from './outline.ts'

describe('what is to be read again', () => {
  it('is the chunk that was changed, and its siblings where it got another place', () => {
    const stale = staleAfter([
      aChange('update_chunk', { chunk_id: 'a', keys: ['status'] }),
      aChange('create_chunk', { chunk_id: 'b', parent_id: 'p', position: 3 }),
      aChange('move_chunk', { chunk_id: 'c', parent_id: '', position: 0 }),
    ])
    expect(stale).toMatchObject({ everything: false, types: false })
    expect([...stale.chunks]).toEqual(['a', 'b', 'c'])
    expect([...stale.parents]).toEqual(['p', ''])
  })

  it('is nothing of what was deleted, or only linked', () => {
    const stale = staleAfter([
      aChange('update_chunk', { chunk_id: 'a' }),
      aChange('link_chunks', { chunk_id: 'b', to_id: 'c' }),
      aChange('delete_chunk', { chunk_id: 'a', parent_id: 'p', count: 3 }),
    ])
    expect(stale.everything).toBe(false)
    expect([...stale.chunks]).toEqual([])
    expect([...stale.removed]).toEqual(['a'])
  })

  it('is everything after an import, an undone run, or very much at once', () => {
    expect(staleAfter([aChange('import_md', { chunk_id: 'a', count: 12 })]).everything).toBe(true)
    expect(staleAfter([aChange('delete_document', { count: 3 })]).everything).toBe(true)
    const many = Array.from({ length: 30 }, (_, i) => aChange('update_chunk', { chunk_id: `c${i}` }))
    expect(staleAfter(many).everything).toBe(true)
    expect(staleAfter([aChange('define_type', { title: 'note' })])).toMatchObject({ types: true, everything: false })
  })
})

it('cards that made room have another rank, and nobody is told that somebody changed them', () => {
  const change = aChange('move_card', { ranks: { a: 'a1', gone: 'a2' } })
  const a = aChunk('a', { rank: 'a0', revision: 4 })
  expect(toldRanks(change, (id) => (id === 'a' ? a : undefined))).toEqual([{ ...a, rank: 'a1' }])
  expect(staleAfter([change])).toMatchObject({ everything: false, edges: false })
  expect(tellChanges([change], undefined)).toBe('')
  expect([...markChanges(new Map(), [change])]).toEqual([])
})

describe('the chunks after it', () => {
  it('are the ones read again, without what was deleted and what was under it', () => {
    const chunks = chunksOf(aChunk('a'), aChunk('b', { parent_id: 'a' }), aChunk('c', { parent_id: 'b' }), aChunk('d'))
    const next = patchChunks(chunks, [aChunk('d', { status: 'done' })], new Set(['b']))
    expect([...next.values()]).toMatchObject([{ id: 'a' }, { id: 'd', status: 'done' }])
    expect(chunks.size).toBe(4)
  })
})

describe('who did it', () => {
  it('is told in a sentence', () => {
    const one = aChange('update_chunk', { chunk_id: 'a', title: 'Launch letter' })
    expect(tellChanges([one], 'ada')).toBe('reporter changed “Launch letter”')
    expect(tellChanges([one, aChange('update_chunk', { chunk_id: 'b' })], 'ada')).toBe('reporter changed 2 chunks')
    const mine = aChange('create_chunk', { chunk_id: 'n', title: 'New', actor: { kind: 'user', id: 'ada' } })
    expect(tellChanges([one, mine], 'ada')).toBe('reporter changed “Launch letter”, you added “New”')
    expect(tellChanges([mine], 'ada')).toBe('You added “New”')
    expect(tellChanges([aChange('define_type')], undefined)).toBe('reporter changed the document')
    expect(actorName({ kind: 'agent', id: 'ada' }, 'ada')).toBe('ada')
  })

  it('who says something is told to have said it, and about what', () => {
    const said = aChange('create_chunk', {
      ...{ chunk_id: 'n', parent_id: 'a', position: 0, title: 'Comment by reporter', changed: { type: 'comment' } },
    })
    const titleOf = (id: string) => (id === 'a' ? 'Launch letter' : undefined)
    expect(tellChanges([said], 'ada', titleOf)).toBe('reporter commented on “Launch letter”')
    expect(tellChanges([said, { ...said, chunk_id: 'm', parent_id: 'b' }], 'ada', titleOf)).toBe(
      'reporter commented on 2 cards',
    )
    const done = aChange('update_chunk', { chunk_id: 'a', title: 'Launch letter' })
    expect(tellChanges([said, done], 'ada', titleOf)).toBe(
      'reporter commented on “Launch letter” and changed “Launch letter”',
    )
    expect(tellChanges([{ ...said, op: 'delete_chunk', changed: undefined }], 'ada', titleOf)).toBe(
      'reporter deleted a comment',
    )
    expect(tellChanges([{ ...said, op: 'update_chunk', changed: undefined }], 'ada', titleOf)).toBe(
      'reporter changed a comment',
    )
  })

  it('several changes are one to whoever has seen none of them', () => {
    const first = markChanges(new Map(), [
      aChange('update_chunk', { chunk_id: 'a', revision: 4, keys: ['status'] }),
      aChange('update_chunk', { chunk_id: 'a', revision: 5, keys: ['body'] }),
      aChange('add_tags', { chunk_id: 'b', revision: 4, keys: ['tags'] }),
      aChange('create_chunk', { chunk_id: 'c', revision: 1, position: 0 }),
      aChange('delete_chunk', { chunk_id: 'd', revision: 2, title: 'Old' }),
    ])
    const next = markChanges(first, [aChange('update_chunk', { chunk_id: 'a', revision: 6, keys: ['title'] })])
    expect([...next].map(([id, { from }]) => `${id} ${from}`)).toEqual(['a 3', 'b 4', 'c 0', 'd 2'])
    expect(next.get('d')?.gone).toBe('Old')
  })

  it('is marked on each chunk, the last one counts', () => {
    const first = markChanges(new Map(), [aChange('update_chunk', { chunk_id: 'a' })])
    const second = aChange('update_chunk', { chunk_id: 'a', actor: { kind: 'user', id: 'x' } })
    expect(markChanges(first, [second], 5).get('a')).toMatchObject({ actor: { id: 'x' }, arrived: 5 })
  })
})

describe('siblings that were read again', () => {
  const known = (all: number) => ({
    chunks: chunksOf(
      aChunk('a', { parent_id: 'p', position: 0 }),
      aChunk('b', { parent_id: 'p', position: 1 }),
      aChunk('c', { parent_id: 'q', position: 0 }),
    ),
    placed: { all, under: new Map<string, number>() },
  })
  const reading = (asOf: number, parentId: string, ...ids: string[]) => ({
    parentId,
    asOf,
    chunks: ids.map((id, position) => aChunk(id, { parent_id: parentId, position })),
  })
  const order = ({ chunks }: { chunks: ReadonlyMap<string, OutlineChunk> }, parentId: string) =>
    (toOutline(new Map([['p', aChunk('p')], ['q', aChunk('q')], ...chunks])).get(parentId) ?? []).map(({ id }) => id)

  it('stand as the newest reading says, whichever comes last', () => {
    const newer = withSiblings(known(1), reading(3, 'p', 'b', 'a'))
    expect(order(newer, 'p')).toEqual(['b', 'a'])
    expect(order(withSiblings(newer, reading(2, 'p', 'a', 'b')), 'p')).toEqual(['b', 'a'])
    expect(order(withSiblings(newer, reading(4, 'p', 'a', 'b')), 'p')).toEqual(['a', 'b'])
  })

  it('do not take back one that a newer reading has seen elsewhere', () => {
    const newer = withSiblings(known(1), reading(3, 'q', 'a', 'c'))
    const older = withSiblings(newer, reading(2, 'p', 'a', 'b'))
    expect([order(older, 'q'), order(older, 'p')]).toEqual([['a', 'c'], ['b']])
  })

  it('are older than the whole document where it was read later', () => {
    expect(order(withSiblings(known(5), reading(4, 'p', 'b', 'a')), 'p')).toEqual(['a', 'b'])
  })
})

describe('a change', () => {
  const known = aChunk('a', { revision: 3, status: 'open', rank: 'a0' })
  const told = (more: Parameters<typeof aChange>[1]) =>
    toldBy(aChange('update_chunk', { chunk_id: 'a', ...more }), known)

  it('that says all of what became of a chunk needs no reading', () => {
    const moved = told({ revision: 4, keys: ['status', 'rank', 'body'], changed: { status: 'done', rank: 'a5' } })
    expect(moved).toMatchObject({ title: 'a', status: 'done', rank: 'a5', revision: 4 })
    expect(told({ revision: 3, keys: ['rank'], changed: { rank: 'a9' } })).toMatchObject({ rank: 'a9', revision: 3 })
  })

  it.each([
    ['leaves something out', { revision: 4, keys: ['title'] }],
    ['comes after one that was missed', { revision: 5, keys: ['title'], changed: { title: 'x' } }],
    ['is from before what is known', { revision: 2, keys: ['title'], changed: { title: 'x' } }],
    ['moves it in the tree', { revision: 4, keys: ['title'], changed: { title: 'x' }, position: 2 }],
    ['is about many', { revision: 4, keys: ['title'], changed: { title: 'x' }, count: 2 }],
  ])('that %s is read', (_, change) => {
    expect(told(change)).toBeUndefined()
  })
})
