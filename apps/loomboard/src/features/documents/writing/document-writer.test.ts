import { LoomcycleClient } from '@loomcycle/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { toOutline } from '../model/outline.ts'
import type { ChunkEdit } from './chunk-edit.ts'
import { DocumentWriter } from './document-writer.ts'
import { type Direction, placeBelow, withMoves } from './place.ts'
import { shownChunks, withContent, withoutBody } from './shown-chunks.ts'

let server: FakeServer
let documentId: string
let rootId: string
let a: string
let b: string
let c: string

beforeEach(() => {
  server = new FakeServer()
  const made = server.documents.add('/docs/plan', ['A', 'B', 'C'])
  documentId = made.id
  rootId = made.rootId
  ;[a, b, c] = made.chunkIds as [string, string, string]
})

/** A tab that has read the document; its clock is turned by hand. */
function aTab(kept = new Map<string, ChunkEdit>()) {
  let chunks: ReadonlyMap<string, OutlineChunk> = new Map(
    [...server.documents.chunks].map(([id, chunk]) => [id, { ...chunk }]),
  )
  const timers = new Map<() => void, number>()
  const said: string[] = []
  let now = 0
  let ids = 0
  const env = {
    client: new LoomcycleClient({ baseUrl: 'http://fake', fetch: server.fetch }),
    now: () => now,
    after(ms: number, run: () => void) {
      timers.set(run, now + ms)
      return () => void timers.delete(run)
    },
    newId: () => `k${++ids}-${Math.random()}`,
    noteError: () => {},
    cache: {
      chunks: () => chunks,
      chunk: (id: string) => chunks.get(id),
      put: (chunk: OutlineChunk) => {
        chunks = withContent(chunks, chunk)
      },
      place: (move: Parameters<typeof withMoves>[1][number]) => {
        chunks = withMoves(chunks, [move])
      },
      drop: (id: string) => {
        chunks = new Map([...chunks].filter(([each]) => each !== id))
      },
    },
    kept: {
      read: () => new Map(kept),
      write: (id: string, edit: ChunkEdit | undefined) => void (edit ? kept.set(id, edit) : kept.delete(id)),
    },
    self: () => 'default',
    say: {
      info: (title: string, description: string) => void said.push(`${title}: ${description}`),
      error: (title: string, error: unknown) => void said.push(`${title}: ${(error as Error).message}`),
      undoable: (_id: string, title: string) => void said.push(title),
      dismiss: () => {},
    },
  }
  const writer = new DocumentWriter(env, documentId)
  return {
    writer,
    said,
    kept,
    known: (id: string) => chunks.get(id)!,
    outline: (parent = rootId) => {
      const all = shownChunks(chunks, writer.state.get())
      return (toOutline(all).get(parent) ?? []).map(({ title }) => title).join(' ')
    },
    step: (id: string, direction: Direction) => writer.step(id, direction, rootId),
    below: (id: string) => placeBelow(chunks, id),
    /** Lets time pass, and what becomes due happen. */
    async pass(ms: number) {
      now += ms
      for (const [run, at] of [...timers]) {
        if (at > now) continue
        timers.delete(run)
        run()
      }
      await idle()
    },
  }
}

/** Every answer of the fake server has arrived. */
async function idle() {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}
const updates = () => server.requests.filter(({ body }) => (body as { op?: string } | undefined)?.op === 'update_chunk')

describe('a chunk', () => {
  it('is saved with the revision that was read', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { title: 'New', 'fields.due': '2026-06-01' })
    expect(tab.outline()).toBe('New B C')
    await idle()
    expect(server.documents.get(a)).toMatchObject({ title: 'New', revision: 2, fields: { due: '2026-06-01' } })
    expect(updates()[0]?.body).toMatchObject({ revision: 1, set_fields: { due: '2026-06-01' } })
    expect(tab.writer.state.get().edits.size).toBe(0)
    expect(tab.known(a)).toMatchObject({ title: 'New', revision: 2 })
  })

  it('is saved one request at a time; the newest words wait, those between are never sent', async () => {
    const tab = aTab()
    const writer = tab.writer.chunk(a)
    for (const title of ['1', '2', '3', '4']) writer.edit(tab.known(a), { title })
    await idle()
    expect(updates().map(({ body }) => (body as { title: string }).title)).toEqual(['1', '4'])
    expect(server.documents.get(a)).toMatchObject({ title: '4', revision: 3 })
  })

  it('is saved when typing pauses, not before', async () => {
    const tab = aTab()
    const writer = tab.writer.chunk(a)
    writer.type(tab.known(a), { body: 'H' })
    await tab.pass(1_400)
    writer.type(tab.known(a), { body: 'He' })
    await tab.pass(1_400)
    expect(updates()).toEqual([])
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

  it('is sent again until it is heard, and counts once', async () => {
    const tab = aTab()
    server.loseAnswer = true
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Once' })
    await idle()
    expect(tab.writer.chunk(a).state.get()?.problem).toMatchObject({ kind: 'unanswered' })
    tab.writer.chunk(a).edit(tab.known(a), { status: 'done' })
    await tab.pass(2_000)
    expect(updates().map(({ key }) => key)[1]).toBe(updates()[0]?.key)
    expect(updates()[1]?.body).toEqual(updates()[0]?.body)
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
    expect(updates()).toHaveLength(2)
    server.down = false
    tab.writer.tryAgain()
    await idle()
    expect(server.documents.get(a).title).toBe('Later')
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
    expect(updates()).toHaveLength(1)
    if (decision === 'mine') writer.keepMine()
    else writer.takeTheirs()
    await idle()
    expect(server.documents.get(a).title).toBe(decision === 'mine' ? 'Mine' : 'Theirs')
    expect(writer.state.get()).toBeUndefined()
    expect(tab.outline()).toBe(decision === 'mine' ? 'Mine B C' : 'Theirs B C')
  })

  it('hears of a conflict before it is sent', () => {
    const tab = aTab()
    tab.writer.chunk(a).type(tab.known(a), { body: 'Mine' })
    tab.writer.met([server.documents.change(a, { body: 'Theirs' })])
    expect(tab.writer.chunk(a).state.get()?.problem).toMatchObject({ kind: 'conflict', keys: ['body'] })
  })
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

  it('does not take away what others have made of it since', async () => {
    const tab = aTab()
    tab.writer.chunk(a).edit(tab.known(a), { title: 'Mine' })
    await idle()
    const theirs = server.documents.change(a, { title: 'Theirs' })
    tab.writer.met([theirs])
    tab.known(a).title = 'Theirs'
    tab.writer.undo()
    await idle()
    expect(server.documents.get(a).title).toBe('Theirs')
    expect(tab.said.at(-1)).toContain('has been changed again since')
  })
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
    expect(tab.said.at(-1)).toBe('“Kept” is still there: drafter changed it meanwhile.')
  })
})

describe('deleting', () => {
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
    expect(
      server.requests.filter(({ body }) => (body as { op?: string } | undefined)?.op === 'delete_chunk'),
    ).toHaveLength(1)
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
    expect(tab.said.at(-1)).toBe('“B” is still there: drafter changed it meanwhile.')
  })
})

it('the outline knows no texts', () => {
  expect(withoutBody({ id: 'a', body: 'long' })).toEqual({ id: 'a' })
})
