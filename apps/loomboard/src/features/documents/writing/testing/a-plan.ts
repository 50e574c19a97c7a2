import { LoomcycleClient } from '@loomcycle/client'
import { FakeServer } from '../../../../testing/fake-server.ts'
import { type OutlineChunk, toOutline } from '../../model/outline.ts'
import { byRank } from '../card-move.ts'
import type { ChunkEdit } from '../chunk-edit.ts'
import { DocumentWriter } from '../document-writer.ts'
import type { Errand } from '../errands.ts'
import type { Kept } from '../kept.ts'
import { type Direction, placeBelow, withMoves } from '../place.ts'
import { shownChunks, withCard, withContent, withoutBody } from '../shown-chunks.ts'

/** A document with three chunks, A, B and C, on a server, and tabs that write it. */
export function aPlan() {
  const server = new FakeServer()
  const { id: documentId, rootId, chunkIds } = server.documents.add('/docs/plan', ['A', 'B', 'C'])
  const [a, b, c] = chunkIds as [string, string, string]
  const asked = (op: string) => server.requests.filter(({ body }) => (body as { op?: string } | undefined)?.op === op)

  /** A tab that has read the document; its clock is turned by hand. */
  function aTab(kept = new Map<string, ChunkEdit>(), errands = new Map<string, Errand>()) {
    let chunks: ReadonlyMap<string, OutlineChunk> = new Map(
      [...server.documents.chunks].map(([id, chunk]) => [id, { ...chunk }]),
    )
    let seq = server.documents.changes.length
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
        seq: () => seq,
        chunk: (id: string) => chunks.get(id),
        put: (chunk: OutlineChunk) => {
          chunks = withContent(chunks, chunk)
        },
        place: (move: Parameters<typeof withMoves>[1][number]) => {
          chunks = withMoves(chunks, [move])
        },
        placeCard: (placed: Parameters<typeof withCard>[1]) => {
          chunks = withCard(chunks, placed)
        },
        reread: () => void said.push('read again'),
        drop: (id: string) => {
          chunks = new Map([...chunks].filter(([each]) => each !== id))
        },
      },
      kept: { edits: keptIn(kept), errands: keptIn(errands) },
      self: () => 'default',
      giveBack: ({ body }: { body: string }, reason: string) => void said.push(`${body}: ${reason}`),
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
      errands,
      /** Nobody has looked at it for a while. */
      forgetText(id: string) {
        chunks = new Map([...chunks, [id, withoutBody(chunks.get(id)!) as OutlineChunk]])
      },
      /** What was done meanwhile has been told. */
      hear() {
        chunks = new Map([...server.documents.chunks].map(([id, chunk]) => [id, { ...chunk }]))
        seq = server.documents.changes.length
      },
      chunks: () => chunks,
      known: (id: string) => chunks.get(id)!,
      outline: (parent = rootId) => {
        const all = shownChunks(chunks, writer.state.get())
        return (toOutline(all).get(parent) ?? []).map(({ title }) => title).join(' ')
      },
      column: (status: string) =>
        [...shownChunks(chunks, writer.state.get()).values()]
          .filter((chunk) => chunk.status === status)
          .sort(byRank)
          .map(({ title }) => title)
          .join(' '),
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

  return { server, documentId, rootId, a, b, c, aTab, asked }
}

function keptIn<Value>(map: Map<string, Value>): Kept<Value> {
  return {
    take: () => new Map(map),
    write(name, value) {
      if (value === undefined) map.delete(name)
      else map.set(name, value)
      return true
    },
  }
}

/** Every answer of the fake server has arrived. */
export async function idle() {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}
