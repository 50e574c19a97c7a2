import { beforeEach, describe, expect, it } from 'vitest'
import { withoutBody } from './shown-chunks.ts'
import { aPlan, idle } from './testing/a-plan.ts'

let { server, rootId, a, b, aTab, asked } = aPlan()

beforeEach(() => {
  ;({ server, rootId, a, b, aTab, asked } = aPlan())
})

describe('a chunk', () => {
  it('is saved with the revision that was read', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { title: 'New', 'fields.due': '2026-06-01' })
    expect(tab.outline()).toBe('New B C')
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'New', revision: 2, fields: { due: '2026-06-01' } })
    expect(asked('update_chunk')[0]?.body).toMatchObject({ revision: 1, set_fields: { due: '2026-06-01' } })
    expect(tab.writer.state.get().edits.size).toBe(0)
    expect(tab.known(a)).toMatchObject({ title: 'New', revision: 2 })
  })

  it('is saved one request at a time; the newest words wait, those between are never sent', async () => {
    const tab = aTab()
    const writer = tab.writer.chunk(a)
    for (const title of ['1', '2', '3', '4']) writer.edit(tab.known(a), { title })
    await idle()
    expect(asked('update_chunk').map(({ body }) => (body as { title: string }).title)).toEqual(['1', '4'])
    expect(server.documents.get(a)).toMatchObject({ title: '4', revision: 3 })
  })

  it('is saved when typing pauses, not before', async () => {
    const tab = aTab()
    const writer = tab.writer.chunk(a)
    writer.type(tab.known(a), { body: 'H' })
    await tab.pass(1_400)
    writer.type(tab.known(a), { body: 'He' })
    await tab.pass(1_400)
    expect(asked('update_chunk')).toEqual([])
    await tab.pass(200)
    expect(server.documents.get(a).body).toBe('He')
  })

  it('keeps what is typed over a reload', async () => {
    const { writer, kept, known } = aTab()
    writer.chunk(a).type(known(a), { body: 'Typed' })
    const reloaded = aTab(kept)
    await idle()
    expect(server.documents.get(a).body).toBe('Typed')
    expect(reloaded.kept.size).toBe(0)
  })

  it('is kept every so often while it is typed, and to the last letter when the page may go', async () => {
    const tab = aTab()
    const writer = tab.writer.chunk(a)
    const keptWords = () => tab.kept.get(a)?.waiting.body
    for (const body of ['T', 'Ty', 'Typ']) writer.type(tab.known(a), { body })
    expect(keptWords()).toBe('T')
    await tab.pass(300)
    expect(keptWords()).toBe('Typ')
    writer.type(tab.known(a), { body: 'Typed' })
    expect(keptWords()).toBe('Typ')
    tab.writer.keepTyped()
    expect(keptWords()).toBe('Typed')
  })

  it('is sent again until it is heard, and counts once', async () => {
    const tab = aTab()
    server.loseAnswer = true
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Once' })
    await idle()
    expect(tab.writer.chunk(a).state.get()?.problem).toMatchObject({ kind: 'unanswered' })
    tab.writer.chunk(a).edit(tab.known(a), { status: 'done' })
    await tab.pass(2_000)
    expect(asked('update_chunk').map(({ key }) => key)[1]).toBe(asked('update_chunk')[0]?.key)
    expect(asked('update_chunk')[1]?.body).toEqual(asked('update_chunk')[0]?.body)
    expect(server.documents.get(a)).toMatchObject({ title: 'Once', status: 'done', revision: 3 })
    expect(tab.kept.size).toBe(0)
  })

  it('waits for the connection, longer every time, and goes at once when it is back', async () => {
    const tab = aTab()
    server.down = true
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Later' })
    await idle()
    await tab.pass(2_000)
    await tab.pass(2_000)
    expect(asked('update_chunk')).toHaveLength(2)
    server.down = false
    tab.writer.tryAgain()
    await idle()
    expect(server.documents.get(a).title).toBe('Later')
  })

  it('is not refused where somebody has to sign in first', async () => {
    const tab = aTab()
    server.intercept = () => new Response('unauthorized', { status: 401 })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Later' })
    await idle()
    expect(tab.writer.chunk(a).state.get()?.problem).toMatchObject({ kind: 'unanswered' })
    server.intercept = undefined
    tab.writer.tryAgain()
    await idle()
    expect(server.documents.get(a).title).toBe('Later')
  })

  it('does not wait longer because it has waited before', async () => {
    const tab = aTab()
    for (const title of ['One', 'Two']) {
      server.down = true
      tab.writer.chunk(a).edit(tab.known(a), { title })
      await idle()
      await tab.pass(2_000)
      server.down = false
      tab.writer.tryAgain()
      await idle()
      expect(server.documents.get(a).title).toBe(title)
    }
    server.loseAnswer = true
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Three' })
    await idle()
    await tab.pass(2_000)
    expect(tab.kept.size).toBe(0)
  })

  it('that is refused is as it was, and the words are still there', async () => {
    const tab = aTab()
    server.intercept = () =>
      Response.json({ code: 'tool_refused', tool: 'Document', error: 'too long' }, { status: 422 })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Long' })
    await idle()
    expect(tab.outline()).toBe('A B C')
    expect(tab.writer.chunk(a).state.get()).toMatchObject({
      waiting: { title: 'Long' },
      problem: { kind: 'refused', reason: 'too long' },
    })
    expect(tab.kept.size).toBe(1)
    server.intercept = undefined
    tab.writer.chunk(a).tryAgain()
    await idle()
    expect(server.documents.get(a).title).toBe('Long')
  })

  it('is saved but for what is refused of it, and that is kept until its author lets it go', async () => {
    const tab = aTab()
    const writer = tab.writer.chunk(a)
    server.intercept = (_method, _path, body) =>
      'body' in (body as object)
        ? Response.json({ code: 'tool_refused', tool: 'Document', error: 'too long' }, { status: 422 })
        : undefined
    writer.type(tab.known(a), { body: 'Long' })
    writer.edit(tab.known(a), { status: 'done' })
    await idle()
    expect(server.documents.get(a)).toMatchObject({ status: 'done', body: '' })
    expect(writer.state.get()).toMatchObject({
      waiting: { body: 'Long' },
      problem: { kind: 'refused', keys: ['body'] },
    })
    const reloaded = aTab(tab.kept)
    await idle()
    expect(reloaded.writer.chunk(a).state.get()).toMatchObject({ problem: { kind: 'refused', keys: ['body'] } })
    reloaded.writer.chunk(a).withdraw(['body'])
    expect(reloaded.kept.size).toBe(0)
  })

  it('is saved but for what is disputed of it, also over a reload', async () => {
    const tab = aTab()
    server.documents.change(a, { title: 'Theirs' })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine', status: 'done' })
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'Theirs', status: 'done' })
    server.down = true
    tab.writer.chunk(a).edit(tab.known(a), { status: 'open' })
    await idle()
    server.down = false
    const reloaded = aTab(tab.kept)
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'Theirs', status: 'open' })
    expect(reloaded.writer.chunk(a).state.get()).toMatchObject({
      waiting: { title: 'Mine' },
      problem: { kind: 'conflict', keys: ['title'] },
    })
  })

  it('goes on from what others have changed elsewhere in it', async () => {
    const tab = aTab()
    server.documents.change(a, { status: 'done' })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine' })
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'Mine', status: 'done', revision: 3 })
  })

  it.each(['mine', 'theirs'] as const)('with two versions waits for a decision: %s', async (decision) => {
    const tab = aTab()
    server.documents.change(a, { title: 'Theirs' })
    const writer = tab.writer.chunk(a)
    writer.edit(tab.known(a), { title: 'Mine' })
    await idle()
    expect(writer.state.get()).toMatchObject({ waiting: { title: 'Mine' }, problem: { keys: ['title'] } })
    expect(server.documents.get(a).title).toBe('Theirs')
    expect(tab.outline()).toBe('Theirs B C')
    await tab.pass(60_000)
    expect(asked('update_chunk')).toHaveLength(1)
    if (decision === 'mine') writer.keepMine()
    else writer.takeTheirs()
    await idle()
    expect(server.documents.get(a).title).toBe(decision === 'mine' ? 'Mine' : 'Theirs')
    expect(writer.state.get()).toBeUndefined()
    expect(tab.outline()).toBe(decision === 'mine' ? 'Mine B C' : 'Theirs B C')
  })

  it('with two versions is saved once the other one is taken back', async () => {
    const tab = aTab()
    server.documents.change(a, { title: 'Theirs' })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine' })
    await idle()
    tab.writer.met([server.documents.change(a, { title: 'A' })])
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'Mine', revision: 4 })
    expect(tab.kept.size).toBe(0)
  })

  it('keeps the tags that others put there, whether or not this page has heard of them', async () => {
    const tab = aTab()
    server.documents.tag(a, 'unheard')
    tab.writer.chunk(a).edit(tab.known(a), { tags: ['mine'] })
    await idle()
    expect(server.documents.get(a).tags).toEqual(['mine', 'unheard'])
    server.documents.change(a, { tags: ['mine', 'theirs', 'unheard'] })
    tab.writer.chunk(a).edit(tab.known(a), { tags: ['unheard', 'other'] })
    await idle()
    expect(server.documents.get(a).tags).toEqual(['other', 'theirs', 'unheard'])
    expect(tab.kept.size).toBe(0)
  })

  it('is saved on what a restored backup has, with one more request, and what was known is read again', async () => {
    const tab = aTab()
    for (const title of ['One', 'Two', 'Three']) {
      tab.writer.chunk(a).edit(tab.known(a), { title })
      await idle()
    }
    Object.assign(server.documents.get(a), { title: 'Three', revision: 2 })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Four' })
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'Four', revision: 3 })
    expect(asked('update_chunk')).toHaveLength(5)
    expect(tab.said).toEqual(['read again'])
    expect(tab.kept.size).toBe(0)
  })

  it('of which a restored backup says something else waits for a decision', async () => {
    const tab = aTab()
    for (const title of ['One', 'Two']) {
      tab.writer.chunk(a).edit(tab.known(a), { title })
      await idle()
    }
    Object.assign(server.documents.get(a), { title: 'A', revision: 1 })
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Three' })
    await idle()
    await tab.pass(60_000)
    expect(asked('update_chunk')).toHaveLength(3)
    tab.writer.chunk(a).keepMine()
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'Three', revision: 2 })
  })

  it('hears of a conflict before it is sent', () => {
    const tab = aTab()
    tab.writer.chunk(a).type(tab.known(a), { body: 'Mine' })
    tab.writer.met([server.documents.change(a, { body: 'Theirs' })])
    expect(tab.writer.chunk(a).state.get()?.problem).toMatchObject({ kind: 'conflict', keys: ['body'] })
  })
})

describe('what was written in a chunk that is deleted', () => {
  it.each(['told', 'refused', 'reloaded'] as const)('is kept until its author lets it go: %s', async (how) => {
    let tab = aTab()
    server.down = how !== 'told'
    tab.writer.chunk(a).type(tab.known(a), { body: 'Mine' })
    if (how !== 'told') tab.writer.chunk(a).flush()
    await idle()
    server.documents.answer({ op: 'delete_chunk', id: a }, null)
    if (how === 'told') tab.writer.gone(new Set([a]))
    server.down = false
    if (how === 'refused') await tab.pass(2_000)
    if (how === 'reloaded') tab = aTab(tab.kept, tab.errands)
    await idle()
    const edit = { waiting: { body: 'Mine' }, origin: { title: 'A', parentId: rootId }, problem: { kind: 'gone' } }
    expect(tab.writer.state.get().edits.get(a)).toMatchObject(edit)
    // There is nothing to try.
    const asked = server.requests.length
    tab.writer.tryAgain()
    await tab.pass(60_000)
    expect(server.requests).toHaveLength(asked)
    expect(tab.kept.get(a)).toMatchObject(edit)
    tab.writer.chunk(a).discard()
    expect(tab.kept.size).toBe(0)
  })

  it.each([1, 2])('is saved where the chunk is there again, at revision %i', async (revision) => {
    const tab = aTab()
    const known = tab.known(a)
    tab.writer.chunk(a).type(known, { body: 'Mine' })
    tab.writer.gone(new Set([a]))
    Object.assign(server.documents.get(a), { status: 'done', revision })
    tab.writer.met([{ ...known, status: 'done', revision }])
    await idle()
    expect(server.documents.get(a)).toMatchObject({ body: 'Mine', status: 'done', revision: revision + 1 })
    expect(tab.kept.size).toBe(0)
  })

  it('is let go with what one deletes oneself', async () => {
    const tab = aTab()
    tab.step(b, 'in')
    await idle()
    server.intercept = () => Response.json({ code: 'tool_refused', error: 'too long' }, { status: 422 })
    tab.writer.chunk(b).edit(tab.known(b), { body: 'Long' })
    await idle()
    server.intercept = undefined
    tab.writer.remove(a)
    await tab.pass(6_000)
    expect(tab.kept.size).toBe(0)
  })
})

it('what was done here is told from what others have done', async () => {
  const tab = aTab()
  tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine' })
  await idle()
  tab.step(b, 'down')
  await idle()
  expect(server.documents.changes.map((change) => tab.writer.isOwn(change))).toEqual([true, true])
  server.documents.change(a, { title: 'Theirs' })
  server.documents.answer({ op: 'move_chunk', id: a, new_parent_id: b }, null)
  expect(server.documents.changes.map((change) => tab.writer.isOwn(change))).toEqual([true, true, false, false])
})

it('the outline knows no texts', () => {
  expect(withoutBody({ id: 'a', body: 'long' })).toEqual({ id: 'a' })
})
