import { beforeEach, describe, expect, it } from 'vitest'
import type { Errand } from './errands.ts'
import { aPlan, idle } from './testing/a-plan.ts'

let { server, documentId, a, b, c, aTab, asked } = aPlan()

beforeEach(() => {
  ;({ server, documentId, a, b, c, aTab, asked } = aPlan())
  for (const [i, id] of [a, b, c].entries()) Object.assign(server.documents.get(id), { status: 'todo', rank: `a${i}` })
})

const todo = () => server.documents.column(documentId, 'todo').join(' ')
const done = () => server.documents.column(documentId, 'done').join(' ')

describe('a card', () => {
  it('is seen where it goes at once, and is there when the server has said so', async () => {
    const tab = aTab()
    tab.writer.moveCard({ id: c, status: 'todo', afterId: a, beforeId: b }, 'To do')
    expect(tab.column('todo')).toBe('A C B')
    await idle()
    expect(todo()).toBe('A C B')
    expect(tab.column('todo')).toBe('A C B')
    expect(tab.writer.state.get().cardMoves).toEqual([])
  })

  it('that a full column does not take goes back, with the reason', async () => {
    server.documents.limits.set('done', 1)
    Object.assign(server.documents.get(b), { status: 'done' })
    const tab = aTab()
    tab.writer.moveCard({ id: a, status: 'done' }, 'Done')
    expect(tab.column('done')).toBe('B A')
    await idle()
    expect(tab.column('todo')).toBe('A C')
    expect(tab.said).toEqual([expect.stringMatching(/^“A” stays where it was: .*takes 1/)])
  })

  it('waits for the connection, and goes once, also after a reload', async () => {
    const errands = new Map<string, Errand>()
    const tab = aTab(undefined, errands)
    server.down = true
    tab.writer.moveCard({ id: a, status: 'done' }, 'Done')
    await idle()
    expect(errands.size).toBe(1)
    const reloaded = aTab(undefined, errands)
    expect(reloaded.column('done')).toBe('A')
    server.down = false
    reloaded.writer.tryAgain()
    await idle()
    expect(done()).toBe('A')
    expect(errands.size).toBe(0)
  })

  it('is known to its page among the changes of everybody', async () => {
    const tab = aTab()
    tab.writer.moveCard({ id: a, status: 'done' }, 'Done')
    await idle()
    const change = server.documents.changes.at(-1)!
    expect(tab.writer.isOwn(change)).toBe(true)
    expect(tab.writer.isOwn({ ...change, changed: { rank: 'z' } })).toBe(false)
  })

  it('that was to have another status has the one it was moved to', async () => {
    const tab = aTab()
    server.down = true
    tab.writer.chunk(a).type(tab.known(a), { status: 'review', title: 'New' })
    server.down = false
    tab.writer.moveCard({ id: a, status: 'done' }, 'Done')
    await tab.pass(2_000)
    expect(server.documents.get(a)).toMatchObject({ status: 'done', title: 'New' })
  })
})

describe('undoing the move of a card', () => {
  it('puts it back between its neighbours', async () => {
    const tab = aTab()
    tab.writer.moveCard({ id: b, status: 'done' }, 'Done')
    await idle()
    expect(tab.writer.done.next.get()?.label).toBe('moving “B” to Done')
    tab.writer.undo()
    expect(tab.column('todo')).toBe('A B C')
    await idle()
    expect(todo()).toBe('A B C')
    expect(asked('move_card')).toHaveLength(2)
  })

  it('leaves it where others have put it since', async () => {
    const tab = aTab()
    tab.writer.moveCard({ id: b, status: 'done' }, 'Done')
    await idle()
    server.documents.change(b, { status: 'posted' })
    tab.hear()
    tab.writer.undo()
    await idle()
    expect(server.documents.get(b).status).toBe('posted')
    expect(tab.said).toEqual(['Nothing was undone: “B” has been moved again since.'])
  })
})
