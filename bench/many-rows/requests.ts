import type { Answer, Heavy } from '../../fault/heavy-requests/ask.ts'
import { longSession, manyUser } from '../../fault/heavy-requests/rows.ts'
import {
  addChanges,
  documentRequest,
  historyRequest,
  json,
  manyRun,
  owner,
  pathRequest,
  type Size,
  type Store,
} from './store.ts'

/** Something one person asks for that is about very many rows. */
export interface Request {
  what(size: Size): string
  ask(store: Store, documents: Documents): Heavy | Promise<Heavy>
  /** It is asked once, since afterwards there is something else to be asked. */
  changes?: (store: Store, documents: Documents, answer: Answer) => void | Promise<void>
}

/** Those with very many chunks, as they come to be. */
export interface Documents {
  /** Of as many as there may be. */
  id: string
  /** One with a branch of so many. */
  branchId: string
}

const count = (n: number) => n.toLocaleString('en').replaceAll(',', ' ')
const answered = ({ end }: Answer) => JSON.parse(end) as Record<string, string>
const mostNodes = 20_000

function read(what: string, ask: Request['ask']): Request {
  return { what: ({ chunks }) => `${what} (${count(chunks)} chunks)`, ask }
}

const query = (what: string, input: object) =>
  read(`query_chunks: ${what}`, () => documentRequest('query_chunks', { limit: 100, ...input }))
const search = (what: string, text: string) =>
  read(`search for ${what}`, () => documentRequest('search', { query: text }))

/** In this order: each finds what those before it have left. */
export const documentRequests: readonly Request[] = [
  {
    what: ({ chunks }) => `import_md of ${count(chunks)} chunks`,
    ask: ({ size }) => documentRequest('import_md', { markdown: outline(size.chunks), path: '/plan' }),
    async changes(store, documents, answer) {
      documents.id = answered(answer).document_id!
      await addChanges(store, documents.id)
    },
  },
  read('export_md', (_, { id }) => documentRequest('export_md', { document_id: id })),
  read('export_canvas', (_, { id }) => documentRequest('export_canvas', { document_id: id })),
  {
    what: ({ chunks }) => `import_canvas of ${count(Math.min(mostNodes, chunks))} nodes`,
    ask: ({ size }) =>
      documentRequest('import_canvas', { canvas: JSON.stringify(canvas(Math.min(mostNodes, size.chunks))) }),
    changes() {},
  },
  read('get_document', (_, { id }) => documentRequest('get_document', { id })),
  query('a first page', {}),
  query('a far page', { offset: 20_000 }),
  query('a word that all have', { text: 'done' }),
  query('a word that no chunk has', { text: 'zebra' }),
  query('a rare field', { where: [{ field: 'n', is: 'eq', value: 17 }] }),
  query('a part of a field', { where: [{ field: 'who', is: 'contains', value: 'nobody' }] }),
  query('the highest of a field', { sort: 'field:n', order: 'desc' }),
  query('the last changed', { sort: 'updated_at', order: 'desc' }),
  query('a status', { status: 'todo' }),
  query('a tag', { tag: 'tag 7' }),
  query('the beginning of a tag', { tag_prefix: 'area/' }),
  read('query_chunks: SQL', () =>
    documentRequest('query_chunks', { sql: 'SELECT status, count(*) FROM chunks GROUP BY status' }),
  ),
  search('a word that all have', 'done'),
  search('the start of many words', 't'),
  search('a rare word', 'unique17'),
  search('a word that no chunk has', 'zebra'),
  read('list_tags', () => documentRequest('list_tags')),
  read('list_tags of the document', (_, { id }) => documentRequest('list_tags', { document_id: id })),
  {
    what: ({ chunks }) => `list_types: ${count(chunks / 10)}`,
    ask: (_, { id }) => documentRequest('list_types', { document_id: id }),
  },
  {
    what: ({ chunks }) => `list_types: a far page of ${count(chunks / 10)}`,
    async ask({ ask }) {
      let cursor: string | undefined
      for (let n = 0; n < 2; n++) cursor = (await ask('list_types', { cursor })).next_cursor
      return documentRequest('list_types', { cursor })
    },
  },
  read('get_edges', (_, { id }) => documentRequest('get_edges', { document_id: id })),
  read('changes', (_, { id }) => documentRequest('changes', { document_id: id, limit: 1000 })),
  {
    what: ({ documents }) => `query_documents: a part of a name, of ${count(documents)}`,
    ask: () => documentRequest('query_documents', { text: 'note-1', limit: 1000 }),
  },
  {
    what: ({ documents }) => `query_documents: those under a path, of ${count(documents)}`,
    ask: () => documentRequest('query_documents', { under_path: '/', limit: 1000 }),
  },
  {
    what: ({ documents }) => `documents_summary: ${count(documents)}`,
    ask: () => documentRequest('documents_summary'),
  },
  {
    what: ({ chunks }) => `import_md of ${count(chunks)} chunks into a document`,
    async ask({ ask, size }) {
      const { document_id } = await ask('import_md', { markdown: '# Small\n' })
      return documentRequest('import_md', { document_id, markdown: outline(size.chunks) })
    },
    changes(_, documents, answer) {
      documents.branchId = answered(answer).root_chunk_id!
    },
  },
  {
    what: ({ chunks }) => `move_chunk: a branch of ${count(chunks)}`,
    ask: (_, { branchId }) => documentRequest('move_chunk', { id: branchId }),
  },
  {
    what: ({ chunks }) => `revert_run: ${count(chunks)} changes`,
    ask: () => documentRequest('revert_run', { run_id: manyRun }),
    changes() {},
  },
  {
    what: ({ chunks }) => `delete_chunk: a branch of ${count(chunks)}`,
    ask: (_, { branchId }) => documentRequest('delete_chunk', { id: branchId }),
    changes() {},
  },
  {
    what: ({ chunks }) => `delete_document: ${count(chunks)} chunks`,
    ask: (_, { id }) => documentRequest('delete_document', { id }),
    changes() {},
  },
]

const ofMany = (what: string, input: object, op = 'list'): Request => ({
  what: ({ conversations }) => `${what} (${count(conversations)} conversations)`,
  ask: () => historyRequest(op, input),
})

export const otherRequests: readonly Request[] = [
  ofMany('the first conversations', {}),
  {
    what: ({ conversations }) => `the last conversations (${count(conversations)} conversations)`,
    ask: ({ size }) => historyRequest('list', { offset: size.conversations - 50 }),
  },
  ofMany('those with a part of a title', { title_contains: 'friends and%' }),
  ofMany('those that failed', { status: 'failed' }),
  ofMany('those with a tag', { tag: 'tag-8' }),
  ofMany('a search for a word that all have', { query: 'plan' }, 'search'),
  ofMany('a search for a rare word', { query: '31415' }, 'search'),
  ofMany('a search for a word that none has', { query: 'zebra' }, 'search'),
  ofMany('a search for what is related', { query: 'plans for a week with friends' }, 'related'),
  ofMany('their tags', {}, 'tags'),
  {
    what: ({ conversations }) => `the runs of a user (${count(conversations)} conversations)`,
    ask: () => ({ path: `/v1/users/${manyUser}/agents?status=all` }),
  },
  {
    what: ({ events }) => `a transcript of ${count(events)} events`,
    ask: () => ({ path: `/v1/sessions/${longSession}/transcript` }),
  },
  {
    what: ({ events }) => `a branch of ${count(events)} events`,
    ask: () => json(`/v1/sessions/${longSession}/replay`, { agent: 'brief' }),
    changes() {},
  },
  {
    what: ({ events }) => `deletion of a conversation of ${count(events)} events`,
    ask: () => ({ method: 'DELETE', path: `/v1/sessions/${longSession}` }),
    changes() {},
  },
  {
    what: ({ keys }) => `the keys of a user's memory: ${count(keys)}`,
    ask: () => ({ path: `/v1/_memory/scopes/user/${owner}/keys?limit=1000` }),
  },
  {
    what: ({ keys }) => `a search by meaning of ${count(keys)} values`,
    ask: () => json('/v1/_memory/search', { query: 'word and more', scope: 'user', scope_id: owner }),
  },
  { what: ({ names }) => `ls of /: ${count(names)} names`, ask: () => pathRequest('ls', { path: '/' }) },
  {
    what: ({ names }) => `ls of all that is below /: ${count(names)} names`,
    ask: () => pathRequest('ls', { path: '/', recursive: true }),
  },
  {
    what: ({ names }) => `mv of ${count(names)} names`,
    ask: () => pathRequest('mv', { path: '/many', to: '/more' }),
    changes() {},
  },
  {
    what: ({ names }) => `rm of ${count(names)} names`,
    ask: () => pathRequest('rm', { path: '/more', recursive: true }),
    changes() {},
  },
]

/** A plan as a file: twenty chunks under each heading. */
function outline(chunks: number): string {
  const lines = ['# Plan', '']
  for (let i = 1; i < chunks; i++) {
    const about = {
      type: 'task',
      status: i % 3 ? 'todo' : 'done',
      fields: { n: i, who: `person ${i % 70}` },
      tags: [`tag ${i % 500}`, `area/${i % 30}`],
    }
    lines.push(i % 20 === 1 ? `## Part ${i}` : `### Task ${i}`, `<!-- loom: ${JSON.stringify(about)} -->`, '')
    lines.push(`What is to be done about unique${i}, in a sentence or two; see also [[Task ${i - 1}]].`, '')
  }
  return lines.join('\n')
}

function canvas(nodes: number) {
  const node = (_: unknown, i: number) => ({
    ...{ id: `n${i}`, type: 'text', x: (i % 100) * 400, y: i * 3, width: 300, height: 200 },
    text: `# Node ${i}\n\nWhat is on it.`,
  })
  const edge = (_: unknown, i: number) => ({ id: `e${i}`, fromNode: `n${i}`, toNode: `n${i + 1}` })
  return { nodes: Array.from({ length: nodes }, node), edges: Array.from({ length: nodes - 1 }, edge) }
}
