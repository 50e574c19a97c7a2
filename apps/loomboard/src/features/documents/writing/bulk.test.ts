import { beforeEach, describe, expect, it } from 'vitest'
import { atMost } from './at-most.ts'
import { aPlan, idle } from './testing/a-plan.ts'

let { server, documentId, rootId, a, b, c, aTab, asked } = aPlan()

beforeEach(() => {
  ;({ server, documentId, rootId, a, b, c, aTab, asked } = aPlan())
})

const statuses = () => [a, b, c].map((id) => server.documents.get(id).status ?? '').join(' ')
const toDone = (...ids: string[]) => ids.map((id) => ({ id, patch: { status: 'done' } }))

describe('several chunks that are changed at once', () => {
  it('are saved one by one, and taken back with one undo', async () => {
    const tab = aTab()
    tab.writer.editAll(toDone(a, b, c), 'setting the status of 3 chunks')
    expect(tab.writer.state.get().edits.size).toBe(3)
    await idle()
    expect(statuses()).toBe('done done done')
    expect(tab.writer.done.next.get()?.label).toBe('setting the status of 3 chunks')
    tab.writer.undo()
    await idle()
    expect(statuses()).toBe('  ')
    expect(tab.writer.done.next.get()).toBeUndefined()
    expect(tab.writer.state.get().edits.size).toBe(0)
  })

  it('that are taken back while they are on their way are as they were', async () => {
    const tab = aTab()
    tab.writer.editAll(toDone(a, b, c), 'it')
    tab.writer.undo()
    await idle()
    expect(statuses()).toBe('  ')
    expect(tab.writer.done.next.get()).toBeUndefined()
  })

  it('of which one is refused: the others are saved, that one says why, and all go back together', async () => {
    const tab = aTab()
    server.intercept = (_method, _path, body) =>
      (body as { id?: string }).id === b
        ? Response.json({ code: 'tool_refused', tool: 'Document', error: 'the column is full' }, { status: 422 })
        : undefined
    tab.writer.editAll(toDone(a, b, c), 'it')
    await idle()
    expect(statuses()).toBe('done  done')
    expect(tab.writer.state.get().edits.get(b)?.problem).toMatchObject({
      kind: 'refused',
      reason: 'the column is full',
    })
    server.intercept = undefined
    tab.writer.undo()
    await idle()
    expect(statuses()).toBe('  ')
    expect(tab.writer.state.get().edits.size).toBe(0)
  })

  it('leave what somebody else has changed since, and say so', async () => {
    const tab = aTab()
    tab.writer.editAll(toDone(a, b), 'it')
    await idle()
    server.documents.change(b, { status: 'theirs' })
    tab.hear()
    tab.writer.undo()
    await idle()
    expect(statuses()).toBe(' theirs ')
    expect(tab.said).toEqual(['Not everything was undone: 1 chunk changed again since.'])
  })

  it('and then one by itself are two changes to whoever undoes them', async () => {
    const tab = aTab()
    tab.writer.editAll(toDone(a, b), 'it')
    await idle()
    tab.writer.edit(a, { title: 'Other' })
    await idle()
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'A', status: 'done' })
    tab.writer.undo()
    await idle()
    expect(statuses()).toBe('  ')
  })

  it('and given up of one, leave what is written into it afterwards a change of its own', async () => {
    const tab = aTab()
    server.down = true
    tab.writer.editAll(toDone(a, b), 'it')
    await idle()
    server.down = false
    tab.writer.chunk(a).discard()
    tab.writer.edit(a, { title: 'Other' })
    await tab.pass(5_000)
    expect(server.documents.get(a)).toMatchObject({ title: 'Other' })
    expect(tab.writer.done.next.get()?.label).toBe('changing title of “Other”')
  })

  it('are there again after a reload', async () => {
    const tab = aTab()
    server.down = true
    tab.writer.editAll(toDone(a, b, c), 'it')
    await idle()
    server.down = false
    aTab(tab.kept)
    await idle()
    expect(statuses()).toBe('done done done')
  })

  it('are many, and are asked for a few at a time', async () => {
    const { chunkIds } = server.documents.add(
      '/docs/many',
      Array.from({ length: 60 }, (_, i) => `Item ${i}`),
    )
    const tab = aTab()
    const waiting: (() => void)[] = []
    let most = 0
    server.intercept = async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        most = Math.max(most, waiting.length)
      })
      return undefined
    }
    tab.writer.editAll(toDone(...chunkIds), 'it')
    for (await idle(); waiting.length > 0; await idle()) waiting.shift()?.()
    await tab.pass(200)
    expect(most).toBe(4)
    expect(chunkIds.every((each) => server.documents.get(each).status === 'done')).toBe(true)
    expect(tab.writer.state.get().edits.size).toBe(0)
  })
})

describe('several cards that go to a column at once', () => {
  const column = (status: string) => server.documents.column(documentId, status).join(' ')

  beforeEach(() => {
    for (const [i, id] of [a, b, c].entries())
      Object.assign(server.documents.get(id), { status: 'todo', rank: `a${i}` })
  })

  it('are moved like one, in their order, and go back to their places with one undo', async () => {
    const tab = aTab()
    tab.writer.moveCards([c, a], 'done', 'setting the status of 2 chunks')
    expect(tab.column('done')).toBe('C A')
    await idle()
    expect(column('done')).toBe('C A')
    expect(asked('update_chunk')).toEqual([])
    expect(tab.writer.done.next.get()?.label).toBe('setting the status of 2 chunks')
    tab.writer.undo()
    expect(tab.column('todo')).toBe('A B C')
    await idle()
    expect(column('todo')).toBe('A B C')
    expect(tab.writer.done.next.get()).toBeUndefined()
  })

  it('of which a full column takes some: they are there, each other one stays and says why', async () => {
    server.documents.limits.set('done', 2)
    const tab = aTab()
    tab.writer.moveCards([a, b, c], 'done', 'it')
    await idle()
    expect([column('done'), column('todo'), tab.column('todo')]).toEqual(['A B', 'C', 'C'])
    const refused = () => [...(tab.writer.bulk.get()?.move?.refused ?? [])]
    expect(refused()).toEqual([[c, expect.stringContaining('takes 2')]])
    expect(tab.said).toEqual([])
    tab.writer.moveAgain([c])
    await idle()
    expect(refused().map(([id]) => id)).toEqual([c])
    server.documents.limits.clear()
    tab.writer.moveAgain([c])
    await idle()
    expect([column('done'), refused()]).toEqual(['A B C', []])
  })

  it('leave those alone that somebody else has moved on, when they are taken back', async () => {
    const tab = aTab()
    tab.writer.moveCards([a, b], 'done', 'it')
    await idle()
    server.documents.change(b, { status: 'theirs' })
    tab.hear()
    tab.writer.undo()
    await idle()
    expect([column('todo'), column('theirs')]).toEqual(['A C', 'B'])
    expect(tab.said).toEqual(['Not everything was undone: 1 chunk changed again since.'])
  })
})

describe('several chunks that are moved at once', () => {
  it('go in their order behind what is there, and back together', async () => {
    const tab = aTab()
    tab.writer.moveAll([b, c], a)
    expect(tab.outline(a)).toBe('B C')
    await idle()
    expect(server.documents.childrenOf(a)).toEqual(['B', 'C'])
    tab.writer.undo()
    await idle()
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'B', 'C'])
    expect(tab.outline()).toBe('A B C')
  })

  it('take along what is in them, which is not moved by itself', async () => {
    const tab = aTab()
    tab.writer.move(c, { parentId: b })
    await idle()
    tab.writer.moveAll([b, c], a)
    await idle()
    expect(server.documents.childrenOf(a)).toEqual(['B'])
    expect(server.documents.childrenOf(b)).toEqual(['C'])
  })
})

describe('several chunks that are deleted at once', () => {
  it('come back with one undo', async () => {
    const tab = aTab()
    tab.writer.removeAll([a, b])
    expect(tab.outline()).toBe('C')
    expect(tab.said).toEqual(['2 chunks are deleted'])
    tab.writer.undo()
    await tab.pass(10_000)
    expect(tab.outline()).toBe('A B C')
    expect(asked('delete_chunk')).toEqual([])
  })

  it('are gone after second thoughts, a chunk and what is in it once', async () => {
    const tab = aTab()
    tab.writer.move(b, { parentId: a })
    await idle()
    tab.hear()
    tab.writer.removeAll([a, b])
    await tab.pass(10_000)
    expect(asked('delete_chunk')).toHaveLength(1)
    expect(server.documents.childrenOf(rootId)).toEqual(['C'])
    expect(tab.outline()).toBe('C')
  })
})

it('no more run at a time than there is room for, and none is forgotten', async () => {
  const slot = atMost(2)
  const running: (() => void)[] = []
  let most = 0
  let done = 0
  const all = Array.from({ length: 5 }, (_, i) =>
    slot(async () => {
      await new Promise<void>((resolve) => {
        running.push(resolve)
        most = Math.max(most, running.length)
      })
      if (i === 1) throw new Error('no')
    }).then(
      () => done++,
      () => done++,
    ),
  )
  while (done < 5) {
    running.shift()?.()
    await idle()
  }
  await Promise.all(all)
  expect(most).toBe(2)
})
