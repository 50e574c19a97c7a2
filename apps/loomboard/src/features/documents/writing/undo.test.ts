import { beforeEach, describe, expect, it } from 'vitest'
import { aPlan, idle } from './testing/a-plan.ts'

let { server, rootId, a, b, aTab, asked } = aPlan()

beforeEach(() => {
  ;({ server, rootId, a, b, aTab, asked } = aPlan())
})

describe('undo', () => {
  it('takes changes back, the last first, each as a change of its own', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { status: 'done' })
    await idle()
    tab.writer.chunk(b).edit(tab.known(b), { title: 'New' })
    await idle()
    expect(tab.writer.done.next.get()?.label).toBe('changing title of “New”')
    tab.writer.undo()
    await idle()
    expect(server.documents.get(b)).toMatchObject({ title: 'B', revision: 3 })
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a)).toMatchObject({ status: '', revision: 3 })
    expect(tab.writer.done.next.get()).toBeUndefined()
    tab.writer.undo()
  })

  it('takes words that were typed in one go back in one go', async () => {
    const tab = aTab()
    for (const body of ['One', 'One two', 'One two three']) {
      tab.writer.chunk(a).type(tab.known(a), { body })
      await tab.pass(1_500)
    }
    await tab.pass(60_000)
    tab.writer.chunk(a).type(tab.known(a), { body: 'Later' })
    await tab.pass(1_500)
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).body).toBe('One two three')
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).body).toBe('')
  })

  it('takes words that were typed before and after another change back one by one', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { body: 'One' })
    await idle()
    tab.step(b, 'up')
    await idle()
    tab.writer.chunk(a).edit(tab.known(a), { body: 'One two' })
    await idle()
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).body).toBe('One')
    expect(server.documents.childrenOf(rootId)).toEqual(['B', 'A', 'C'])
  })

  it('takes a change back once, also where it was sent again when the connection came back', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { status: 'done' })
    tab.writer.tryAgain()
    await idle()
    expect(asked('update_chunk')).toHaveLength(2)
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a)).toMatchObject({ status: '', revision: 3 })
    expect(tab.writer.done.next.get()).toBeUndefined()
  })

  it('takes back the tags that one has put there, and no others', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { tags: ['mine', 'also'] })
    await idle()
    server.documents.change(a, { tags: ['also', 'mine', 'theirs'] })
    tab.hear()
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).tags).toEqual(['theirs'])
  })

  it('does not take away what others have made of it since', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine' })
    await idle()
    const theirs = server.documents.change(a, { title: 'Theirs' })
    tab.writer.met([theirs])
    tab.hear()
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).title).toBe('Theirs')
    expect(tab.said.at(-1)).toContain('has been changed again since')
  })
})

describe('undo of what is not saved', () => {
  it('takes back the newest words, and those before are the ones that stay', async () => {
    const tab = aTab()
    tab.writer.chunk(a).type(tab.known(a), { body: 'one' })
    await tab.pass(1_500)
    tab.writer.chunk(a).type(tab.known(a), { body: 'one two' })
    expect(tab.writer.done.next.get()?.label).toBe('changing text of “A”')
    tab.writer.undo()
    await tab.pass(60_000)
    expect(server.documents.get(a).body).toBe('one')
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).body).toBe('')
    expect(tab.writer.done.next.get()).toBeUndefined()
  })

  it('without a connection as well, and what may have arrived is taken back after it', async () => {
    const tab = aTab()
    server.loseAnswer = true
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Sent' })
    await idle()
    tab.writer.undo()
    expect(tab.outline()).toBe('A B C')
    expect(tab.writer.done.next.get()).toBeUndefined()
    await tab.pass(2_000)
    expect(server.documents.get(a)).toMatchObject({ title: 'A', revision: 3 })
    expect(tab.writer.done.next.get()).toBeUndefined()
    expect(tab.kept.size).toBe(0)
  })

  it('leaves two versions to whoever decides between them', async () => {
    const tab = aTab()
    server.documents.change(a, { title: 'Theirs' })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine' })
    await idle()
    expect(tab.writer.done.next.get()).toBeUndefined()
    expect(tab.writer.chunk(a).state.get()?.waiting).toEqual({ title: 'Mine' })
  })
})

it('undo of a text that is not at hand any more reads it', async () => {
  const tab = aTab()
  tab.writer.chunk(a).edit(tab.known(a), { body: 'Mine' })
  await idle()
  tab.forgetText(a)
  server.down = true
  server.documents.change(a, { status: 'done' })
  tab.known(a).revision = 3
  tab.writer.undo()
  await idle()
  // It could not be looked at, and can be tried again.
  expect(tab.said.at(-1)).toContain('Nothing was undone')
  server.down = false
  tab.writer.undo()
  await idle()
  expect(server.documents.get(a)).toMatchObject({ body: '', status: 'done' })
})

it('undo of the words that were written last needs no text at hand', async () => {
  const tab = aTab()
  tab.writer.chunk(a).edit(tab.known(a), { body: 'Mine' })
  await idle()
  tab.forgetText(a)
  tab.writer.undo()
  await idle()
  expect(server.documents.get(a)).toMatchObject({ body: '', revision: 3 })
})
