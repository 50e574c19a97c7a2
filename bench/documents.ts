import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median } from './benchmark.ts'

const chunks = 10_000
const repeats = 60

/** Over HTTP, against a process of its own: what a board waits for. */
export const documents: Benchmark = {
  name: 'documents',
  async run() {
    const runtime = await startRuntime({})
    const ask = (op: string, input: object = {}) => call(runtime.url, { op, ...input })
    try {
      // The first import of a process compiles what the others use.
      await ask('import_md', { markdown: outline(500, 20), path: '/docs/warm' })
      const imports: number[] = []
      const importPlan = async (i: number) => {
        imports.push(await timed(() => ask('import_md', { markdown: outline(chunks, 20), path: `/docs/plan-${i}` })))
      }
      await importPlan(0)
      const tree = await document(ask, '/docs/plan-0')
      const sql = [
        atMost('SQL over 10 000 chunks', await questions(ask, tree, { changed: false }), 50, 'ms'),
        atMost('SQL after a change', await questions(ask, tree, { changed: true }), 500, 'ms'),
      ]
      await importPlan(1)
      await importPlan(2)
      const { document_id: flatId } = await ask('import_md', { markdown: outline(chunks, chunks), path: '/docs/flat' })
      const flat = await document(ask, '/docs/flat')
      const page = { limit: 100, include: ['fields', 'tags'] }
      return [
        atMost('import of 10 000 chunks', median(imports), 1000, 'ms'),
        atMost('page of 100 of them', await pages(ask, { document_id: tree.id, ...page }), 10, 'ms'),
        atMost('page of 100 of a column', await pages(ask, { document_id: flatId, status: 'todo', ...page }), 10, 'ms'),
        atMost('move to another parent', await moves(ask, tree), 5, 'ms'),
        atMost('move among 10 000 siblings', await moves(ask, flat), 5, 'ms'),
        ...sql,
      ]
    } finally {
      await runtime.stop()
    }
  },
}

/** What an op answers is looked at by name; the contract is tested elsewhere. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Ask = (op: string, input?: object) => Promise<any>

interface Plan {
  id: string
  ids: string[]
  parents: string[]
}

async function document(ask: Ask, path: string): Promise<Plan> {
  const { document_id: id } = await ask('get_document', { path })
  const all: Array<{ id: string; parent_id?: string }> = []
  for (let cursor: string | undefined; ; ) {
    const page = await ask('query_chunks', { document_id: id, limit: 1000, ...(cursor ? { cursor } : {}) })
    all.push(...(page.chunks ?? []))
    cursor = page.next_cursor
    if (!cursor) break
  }
  const parents = [...new Set(all.flatMap((chunk) => chunk.parent_id ?? []))]
  const inner = new Set(parents)
  return { id, ids: all.map((chunk) => chunk.id).filter((chunk) => !inner.has(chunk)), parents }
}

async function pages(ask: Ask, query: object): Promise<number> {
  const times: number[] = []
  let cursor: string | undefined
  for (let i = 0; i < repeats; i++) {
    times.push(
      await timed(async () => {
        cursor = (await ask('query_chunks', { ...query, ...(cursor ? { cursor } : {}) })).next_cursor
      }),
    )
  }
  return median(times)
}

async function moves(ask: Ask, { ids, parents }: Plan): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < repeats; i++) {
    const id = ids[Math.floor(Math.random() * ids.length)]
    const new_parent_id = parents[Math.floor(Math.random() * parents.length)]
    const position = Math.floor(Math.random() * (ids.length / parents.length))
    times.push(await timed(() => ask('move_chunk', { id, new_parent_id, position })))
  }
  return median(times)
}

async function questions(ask: Ask, { ids }: Plan, { changed }: { changed: boolean }): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 20; i++) {
    if (changed) await ask('add_tags', { id: ids[i], tags: [`tag ${i}`] })
    times.push(await timed(() => ask('query_chunks', { sql: 'SELECT status, count(*) FROM chunks GROUP BY status' })))
  }
  return median(times)
}

/** A plan as a file: so many chunks, so many under each heading. */
function outline(count: number, perParent: number): string {
  const lines = ['# Plan', '']
  for (let i = 1; i < count; i++) {
    const heading = perParent < count && i % perParent === 1 ? `## Part ${i}` : `### Task ${i}`
    lines.push(heading, `<!-- loom: {"type":"task","status":"${i % 3 ? 'todo' : 'done'}","fields":{"n":${i}}} -->`, '')
    lines.push(`What is to be done about ${i}, in a sentence or two; see also [[Task ${i - 1}]].`, '')
  }
  return lines.join('\n')
}

async function call(url: string, input: object) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/v1/_document`, { method: 'POST', body: JSON.stringify(input), headers })
  const answer = await response.json()
  if (!response.ok) throw new Error(JSON.stringify(answer))
  return answer
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
