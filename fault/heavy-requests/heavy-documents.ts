import { setTimeout as sleep } from 'node:timers/promises'
import { type RuntimeProcess, startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { type Answer, ask as asked, type Heavy } from './ask.ts'
import { type Probed, probedWhile, type Questions, watchingSteps } from './prober.ts'

/** What an op answers is looked at by name; the contract is tested elsewhere. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Ask = (op: string, input?: object) => Promise<any>

/** Something one person can ask of documents that is much work. */
interface HeavyRequest {
  what: string
  /** Everything that has to be there first. */
  prepare(ask: Ask): Promise<object>
  op: string
  /** So many of it at once. */
  times?: number
}

const beforehandMs = 500
/** What follows from a request goes on after its answer. */
const afterwardsMs = 2000

const lines = (count: number, word: string) => Array.from({ length: count }, (_, i) => `${word} ${i}`).join('\n')

const outline = (count: number, depth = 2) =>
  [
    '# Plan',
    '',
    ...Array.from(
      { length: count - 1 },
      (_, i) => `${'#'.repeat(depth + (i % 20 ? 1 : 0))} Task ${i}\n\nWhat is to be done about ${i}.\n`,
    ),
  ].join('\n')

const imported = async (ask: Ask, markdown: string) => (await ask('import_md', { markdown })).document_id as string

async function branchOf(ask: Ask, count: number): Promise<string> {
  const document_id = await imported(ask, '# Small\n')
  return (await ask('import_md', { document_id, markdown: outline(count) })).root_chunk_id
}

async function hubOf(ask: Ask, links: number) {
  const document_id = await imported(ask, `# Hub\n${'\n## L\n\n[[Hub]]\n'.repeat(links)}`)
  return (await ask('get_document', { id: document_id })).root_chunk_id as string
}

async function rewritten(ask: Ask, before: string, after: string) {
  const { document_id } = await ask('create_document', { title: 'Two texts' })
  const { id } = await ask('create_chunk', { document_id, title: 'Text', body: before })
  await ask('update_chunk', { id, revision: 1, body: after })
  return { id, from_revision: 1, to_revision: 2 }
}

const table = (count: number) =>
  `Title,Status,Owner,Due,Hours,Notes\n${Array.from(
    { length: count },
    (_, i) => `Task ${i},S${i % 9},Person ${i % 50},2026-01-${10 + (i % 9)},${i % 40},"What is to be done about ${i}."`,
  ).join('\n')}\n`

const trello = (count: number) => {
  const cards = Array.from({ length: count }, (_, i) => ({
    id: `k${i}`,
    name: `Task ${i}`,
    idList: `l${i % 9}`,
    pos: i,
  }))
  const items = (i: number) => Array.from({ length: 6 }, (_, n) => ({ name: `Step ${n} of ${i}`, pos: n }))
  return {
    name: 'Large',
    lists: Array.from({ length: 9 }, (_, i) => ({ id: `l${i}`, name: `List ${i}`, pos: i })),
    cards,
    checklists: cards.map(({ id, pos }) => ({ idCard: id, name: 'Steps', checkItems: items(pos) })),
  }
}

const canvas = (count: number, type: 'text' | 'group') => ({
  nodes: Array.from({ length: count }, (_, i) => ({
    id: `n${i}`,
    type,
    x: i,
    y: i,
    width: 2 * count - i,
    height: 2 * count - i,
    text: `# N ${i}`,
  })),
  edges: [],
})

export const heavyDocumentRequests: HeavyRequest[] = [
  {
    what: 'delete a document of 30 000 chunks',
    op: 'delete_document',
    prepare: async (ask) => ({ id: await imported(ask, outline(30_000)) }),
  },
  {
    what: 'delete a branch of 30 000 chunks',
    op: 'delete_chunk',
    prepare: async (ask) => ({ id: await branchOf(ask, 30_000) }),
  },
  { what: 'import 100 000 headings', op: 'import_md', prepare: async () => ({ markdown: outline(100_000) }) },
  {
    what: 'import 200 000 links',
    op: 'import_md',
    prepare: async () => ({ markdown: `# L\n\n${Array.from({ length: 200_000 }, (_, i) => `[[T ${i}]]`).join(' ')}` }),
  },
  {
    what: 'import 30 000 headings into a document',
    op: 'import_md',
    prepare: async (ask) => ({ document_id: await imported(ask, '# Small\n'), markdown: outline(30_000) }),
  },
  {
    what: 'move a branch of 30 000 chunks',
    op: 'move_chunk',
    prepare: async (ask) => ({ id: await branchOf(ask, 30_000) }),
  },
  {
    what: 'write a body of 14 MB of words',
    op: 'create_chunk',
    prepare: async (ask) => ({
      document_id: await imported(ask, '# Small\n'),
      title: 'Long',
      body: Array.from({ length: 1_500_000 }, (_, i) => `w${i.toString(36)}`)
        .join(' ')
        .slice(0, 14_000_000),
    }),
  },
  {
    what: 'write a body as long as it may be',
    op: 'create_chunk',
    prepare: async (ask) => ({
      document_id: await imported(ask, '# Small\n'),
      title: 'Long',
      body: Array.from({ length: 60_000 }, (_, i) => `w${i.toString(36)}`)
        .join(' ')
        .slice(0, 256 * 1024),
    }),
  },
  {
    what: 'compare bodies of 5 000 lines, 20 at once',
    op: 'diff',
    times: 20,
    prepare: (ask) => rewritten(ask, lines(5000, 'before'), lines(5000, 'after')),
  },
  {
    what: 'compare bodies that differ in every other line, 20 at once',
    op: 'diff',
    times: 20,
    prepare: (ask) => rewritten(ask, lines(5000, 'line'), lines(5000, 'line').replaceAll(/[13579]$/gm, 'x')),
  },
  {
    what: 'export 30 000 chunks as Markdown',
    op: 'export_md',
    prepare: async (ask) => ({ document_id: await imported(ask, outline(30_000)) }),
  },
  {
    what: 'export 30 000 chunks as a canvas',
    op: 'export_canvas',
    prepare: async (ask) => ({ document_id: await imported(ask, outline(30_000)) }),
  },
  {
    what: 'import a canvas of 20 000 nodes',
    op: 'import_canvas',
    prepare: async () => ({ canvas: canvas(20_000, 'text') }),
  },
  {
    what: 'import a canvas of 1 000 groups in one another',
    op: 'import_canvas',
    prepare: async () => ({ canvas: canvas(1000, 'group') }),
  },
  {
    what: 'import a table of 20 000 cards',
    op: 'import_board',
    prepare: async () => ({ text: table(20_000), format: 'csv' }),
  },
  {
    what: 'look at a table of 20 000 cards that is to be imported, 10 at once',
    op: 'import_board',
    times: 10,
    prepare: async () => ({ text: table(20_000), format: 'csv', preview: true }),
  },
  {
    what: 'import a board of Trello of 5 000 cards with checklists',
    op: 'import_board',
    prepare: async () => ({ text: JSON.stringify(trello(5000)) }),
  },
  {
    what: 'import lists of 16 MB that are too long',
    op: 'import_board',
    prepare: async () => ({ text: `## A\n${'- a\n'.repeat(3_500_000)}` }),
  },
  {
    what: 'export 20 000 cards as a table',
    op: 'export_csv',
    prepare: async (ask) => ({
      document_id: (await ask('import_board', { text: table(20_000), format: 'csv' })).document_id,
    }),
  },
  { what: 'backlinks of a hub of 50 000', op: 'backlinks', prepare: async (ask) => ({ id: await hubOf(ask, 50_000) }) },
  { what: 'edges of a hub of 50 000', op: 'get_edges', prepare: async (ask) => ({ id: await hubOf(ask, 50_000) }) },
  { what: 'related to a hub of 50 000', op: 'related', prepare: async (ask) => ({ id: await hubOf(ask, 50_000) }) },
  {
    what: 'mentions of a hub of 50 000',
    op: 'unlinked_mentions',
    prepare: async (ask) => ({ id: await hubOf(ask, 50_000) }),
  },
  {
    what: 'rename a hub of 50 000',
    op: 'update_chunk',
    prepare: async (ask) => ({ id: await hubOf(ask, 50_000), revision: 1, title: 'Other' }),
  },
  {
    what: 'search 50 000 chunks for a word in all',
    op: 'search',
    times: 10,
    prepare: async (ask) => {
      await hubOf(ask, 50_000)
      return { query: 'hub', limit: 100 }
    },
  },
  {
    what: 'search 50 000 chunks by a part of a field',
    op: 'query_chunks',
    times: 10,
    prepare: async (ask) => {
      await hubOf(ask, 50_000)
      return { sort: 'field:x', where: [{ field: 'x', is: 'unset' }], text: 'hub', limit: 1000, include: ['body'] }
    },
  },
  {
    what: 'tags of 30 000 chunks',
    op: 'list_tags',
    times: 10,
    prepare: async (ask) => ({ document_id: await imported(ask, outline(30_000)) }),
  },
]

interface Waits {
  /** Before the request, and from then on until a while after its answer. */
  idle: Probed
  during: Probed
  /** What the request itself took, in milliseconds, and what it was answered. */
  took: number
  status: number
}

/** Does a heavy request while somebody else reads and writes a document of their own. */
export async function waitsDuring(request: HeavyRequest): Promise<Waits> {
  const runtime = await startRuntime({ env: watchingSteps })
  try {
    const ask: Ask = async (op, input = {}) => {
      const { status, answer } = await post(runtime, { op, ...input })
      if (status !== 200) throw new Error(`${op}: ${JSON.stringify(answer)}`)
      return answer
    }
    const input = await request.prepare(ask)
    const { root_chunk_id: id } = await ask('create_document', { title: 'Of somebody else', path: '/other' })
    const others: Questions = {
      read: documentRequest({ op: 'get_chunk', id }),
      // Each of them changes something.
      writes: ['add_tags', 'remove_tags'].map((op) => documentRequest({ op, id, tags: ['probed'] })),
    }
    const heavy = documentRequest({ op: request.op, ...input })
    const idle = await probedWhile(runtime, () => sleep(beforehandMs), others)
    let took = 0
    let answers: Answer[] = []
    const work = async () => {
      const started = performance.now()
      answers = await Promise.all(Array.from({ length: request.times ?? 1 }, () => asked(runtime.url, heavy)))
      took = performance.now() - started
      await sleep(afterwardsMs)
    }
    const during = await probedWhile(runtime, work, others)
    return { idle, during, took, status: Math.max(...answers.map(({ status }) => status)) }
  } finally {
    await runtime.stop()
  }
}

function documentRequest(input: object): Heavy {
  return { method: 'POST', path: '/v1/_document', body: JSON.stringify(input) }
}

async function post({ url }: RuntimeProcess, input: object) {
  const { path, body } = documentRequest(input)
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method: 'POST', body: body as string, headers })
  return { status: response.status, answer: await response.json() }
}
