import { beforeEach, describe, expect, it } from 'vitest'
import { aPlan, idle } from './testing/a-plan.ts'

let { server, rootId, a, b, c, aTab, asked } = aPlan()

beforeEach(() => {
  ;({ server, rootId, a, b, c, aTab, asked } = aPlan())
})

describe('moving', () => {
  it('shows it at once, tells the server by its neighbours, and back', async () => {
    const tab = aTab()
    tab.step(c, 'up')
    expect(tab.outline()).toBe('A C B')
    await idle()
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'C', 'B'])
    tab.step(c, 'in')
    expect(tab.outline(a)).toBe('C')
    await idle()
    expect(server.documents.childrenOf(a)).toEqual(['C'])
    tab.writer.undo()
    tab.writer.undo()
    await idle()
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'B', 'C'])
    expect(tab.outline()).toBe('A B C')
  })

  it('goes on in order when the connection is back, and says meanwhile what waits', async () => {
    const tab = aTab()
    server.down = true
    tab.step(c, 'up')
    tab.step(c, 'up')
    await idle()
    expect(tab.outline()).toBe('C A B')
    expect(tab.writer.state.get().waiting).toContain('does not answer')
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'B', 'C'])
    server.down = false
    await tab.pass(1_000)
    expect(server.documents.childrenOf(rootId)).toEqual(['C', 'A', 'B'])
    expect(tab.writer.state.get()).toMatchObject({ moves: [], waiting: undefined })
  })

  it('that is refused goes back, with the reason', async () => {
    const tab = aTab()
    server.documents.chunks.delete(b)
    tab.writer.move(a, { parentId: rootId, afterId: b })
    await idle()
    expect(tab.outline()).toBe('A B C')
    expect(tab.said).toEqual([`“A” stays where it was: no such chunk: ${b}`])
  })
})

describe('undo of a move', () => {
  it('leaves a chunk where somebody else has put it since', async () => {
    const tab = aTab()
    tab.step(c, 'up')
    await idle()
    server.documents.answer({ op: 'move_chunk', id: c, new_parent_id: a }, null)
    tab.hear()
    tab.writer.undo()
    await idle()
    expect(server.documents.childrenOf(a)).toEqual(['C'])
    expect(tab.outline(a)).toBe('C')
    expect(tab.said).toEqual(['Nothing was undone: You, elsewhere, moved “C” meanwhile; it stays where it was.'])
  })

  it('is refused also when that chunk was written here last', async () => {
    const tab = aTab()
    tab.step(c, 'up')
    tab.writer.chunk(c).edit(tab.known(c), { status: 'done' })
    await idle()
    tab.writer.undo()
    await idle()
    server.documents.answer({ op: 'move_chunk', id: c, new_parent_id: a }, null)
    tab.writer.undo()
    await idle()
    expect(server.documents.childrenOf(a)).toEqual(['C'])
  })
})

describe('what waits to be done', () => {
  it('is there again after a reload, and is done in order', async () => {
    const tab = aTab()
    server.down = true
    tab.step(c, 'up')
    await tab.pass(1)
    tab.step(c, 'up')
    await tab.pass(1)
    tab.writer.remove(b)
    tab.writer.leave()
    await idle()
    // A browser keeps them in any order.
    const reloaded = aTab(tab.kept, new Map([...tab.errands].reverse()))
    expect(reloaded.outline()).toBe('C A')
    await idle()
    expect(reloaded.writer.state.get().waiting).toContain('does not answer')
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'B', 'C'])
    server.down = false
    reloaded.writer.tryAgain()
    await idle()
    expect(server.documents.childrenOf(rootId)).toEqual(['C', 'A'])
    expect(reloaded.errands.size).toBe(0)
    expect(reloaded.writer.state.get()).toMatchObject({ moves: [], removed: new Set() })
  })

  it('is not done twice by a page that looks for what others have left', async () => {
    const tab = aTab()
    server.down = true
    tab.step(c, 'up')
    await idle()
    tab.writer.takeUp()
    expect(tab.writer.state.get().moves).toHaveLength(1)
    server.down = false
    await tab.pass(1_000)
    expect(asked('move_chunk')).toHaveLength(2)
  })

  it('waits with what is wanted after it', async () => {
    const tab = aTab()
    server.down = true
    tab.step(c, 'up')
    await idle()
    tab.step(c, 'up')
    await idle()
    expect(server.requests).toHaveLength(1)
  })

  it('is not done to what somebody has changed while the page was closed', async () => {
    const tab = aTab()
    server.down = true
    tab.writer.remove(b)
    tab.writer.leave()
    await idle()
    server.down = false
    server.documents.change(b, { body: 'Theirs' })
    const reloaded = aTab(tab.kept, tab.errands)
    await idle()
    expect(server.documents.get(b).body).toBe('Theirs')
    expect(reloaded.outline()).toBe('A B C')
    expect(reloaded.errands.size).toBe(0)
  })
})

describe('adding', () => {
  it('puts it where it was wanted, once, however often it is asked', async () => {
    const tab = aTab()
    server.loseAnswer = true
    await expect(tab.writer.create({ title: 'New', to: tab.below(a) })).rejects.toThrow()
    await tab.writer.create({ title: 'New', to: tab.below(a) })
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'New', 'B', 'C'])
    expect(tab.outline()).toBe('A New B C')
    await tab.writer.create({ title: 'New', to: tab.below(a) })
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'New', 'New', 'B', 'C'])
  })

  it('is undone by taking it away, unless others have written in it', async () => {
    const tab = aTab()
    await tab.writer.create({ title: 'New', to: tab.below(a) })
    tab.writer.undo()
    await idle()
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'B', 'C'])
    const { id } = await tab.writer.create({ title: 'Kept', to: tab.below(a) })
    server.documents.change(id, { body: 'Theirs' })
    tab.writer.undo()
    await idle()
    expect(tab.outline()).toBe('A Kept B C')
    expect(tab.said.at(-1)).toBe('Nothing was undone: drafter changed “Kept” meanwhile; it is still there.')
  })
})

it('adding in an empty chunk is the same again, also when what was added is known meanwhile', async () => {
  const tab = aTab()
  server.loseAnswer = true
  const wanted = { title: 'New', to: { parentId: a } }
  await expect(tab.writer.create(wanted)).rejects.toThrow()
  tab.hear()
  await tab.writer.create(wanted)
  expect(server.documents.childrenOf(a)).toEqual(['New'])
})

describe('undo of adding', () => {
  it.each<[string, (id: string) => unknown]>([
    ['a text', (id) => server.documents.change(id, { body: 'Theirs' })],
    ['a child', (id) => server.documents.answer({ op: 'create_chunk', parent_id: id, title: 'Child' }, null)],
  ])('leaves what others have made of it: %s', async (_, change) => {
    const tab = aTab()
    const { id } = await tab.writer.create({ title: 'New', to: tab.below(a) })
    change(id)
    tab.hear()
    tab.writer.undo()
    await idle()
    expect(server.documents.get(id).title).toBe('New')
    expect(tab.said.at(-1)).toContain('Nothing was undone')
    expect(tab.outline()).toBe('A New B C')
  })

  it('takes away what only its author has written in', async () => {
    const tab = aTab()
    const { id } = await tab.writer.create({ title: 'New', to: tab.below(a) })
    tab.writer.chunk(id).edit(tab.known(id), { status: 'done' })
    await idle()
    tab.writer.undo()
    await idle()
    tab.writer.undo()
    await idle()
    expect(tab.outline()).toBe('A B C')
    expect(server.documents.chunks.has(id)).toBe(false)
  })
})

describe('deleting', () => {
  it('is not done where somebody has changed something below meanwhile', async () => {
    const tab = aTab()
    tab.step(b, 'in')
    await idle()
    tab.hear()
    tab.writer.remove(a)
    server.documents.change(b, { body: 'Theirs' })
    tab.hear()
    await tab.pass(6_000)
    expect(server.documents.get(b).body).toBe('Theirs')
    expect(tab.outline()).toBe('A C')
    expect(tab.said.at(-1)).toBe('“A” is still there: drafter changed “B” in “A” meanwhile.')
  })

  it('is done whatever is saved here meanwhile of what was typed before', async () => {
    const tab = aTab()
    tab.writer.chunk(b).type(tab.known(b), { body: 'Mine' })
    tab.writer.remove(b)
    await tab.pass(1_500)
    expect(server.documents.get(b).body).toBe('Mine')
    await tab.pass(4_500)
    expect(server.documents.chunks.has(b)).toBe(false)
    expect(tab.kept.size).toBe(0)
  })

  it('of what is gone already is done', async () => {
    const tab = aTab()
    tab.writer.remove(b)
    server.documents.answer({ op: 'delete_chunk', id: b }, null)
    await tab.pass(6_000)
    expect(tab.said).toEqual(['“B” is deleted'])
    expect(tab.outline()).toBe('A C')
  })

  it('hides it at once, and is told after second thoughts', async () => {
    const tab = aTab()
    tab.writer.remove(b)
    expect(tab.outline()).toBe('A C')
    expect(tab.said).toEqual(['“B” is deleted'])
    await tab.pass(5_900)
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'B', 'C'])
    await tab.pass(200)
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'C'])
    expect(tab.outline()).toBe('A C')
    expect(tab.writer.done.next.get()).toBeUndefined()
  })

  it('is told at once when one leaves', async () => {
    const tab = aTab()
    tab.writer.remove(b)
    tab.writer.chunk(a).type(tab.known(a), { body: 'Half a sen' })
    tab.writer.leave()
    await idle()
    expect(server.documents.childrenOf(rootId)).toEqual(['A', 'C'])
    expect(server.documents.get(a).body).toBe('Half a sen')
    await tab.pass(60_000)
    expect(asked('delete_chunk')).toHaveLength(1)
  })

  it('is undone without a trace', async () => {
    const tab = aTab()
    tab.writer.remove(b)
    tab.writer.undo()
    expect(tab.outline()).toBe('A B C')
    await tab.pass(60_000)
    expect(server.documents.get(b).revision).toBe(1)
  })

  it('is not done to what others have changed meanwhile', async () => {
    const tab = aTab()
    tab.writer.remove(b)
    server.documents.change(b, { body: 'Theirs' })
    await tab.pass(6_000)
    expect(server.documents.get(b).body).toBe('Theirs')
    expect(tab.outline()).toBe('A B C')
    expect(tab.said.at(-1)).toBe('“B” is still there: drafter changed “B” meanwhile.')
  })
})
