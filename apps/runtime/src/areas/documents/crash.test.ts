import { describe, it } from 'vitest'
import { everyCrash } from '../../testing/every-crash.ts'
import { chunkIndex } from '../../testing/open-test-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { someDocuments } from './testing/some-documents.ts'

type Docs = Awaited<ReturnType<typeof someDocuments>>
type World = Awaited<ReturnType<typeof aWorld>>

/** A plan in which every op finds something to do. */
async function aWorld(docs: Docs) {
  const { ask, plan, asAgent } = docs
  const { document_id, root_chunk_id, ids } = await plan('A', 'B', 'C')
  const [a, b, c] = ids as [string, string, string]
  await ask('update_chunk', { id: a, revision: 1, body: 'to [[B]] and [[Later]]', tags: ['x'] })
  await ask('link_chunks', { from_id: a, to_id: c, kind: 'needs' })
  await ask('upsert_chunk', { document_id, natural_key: 'k', title: 'K', parent_id: a })
  await asAgent('r_9').ask('update_chunk', { id: b, revision: 1, body: 'by a run' })
  await asAgent('r_9').ask('create_chunk', { document_id, title: 'by a run', parent_id: b })
  return { document_id, root_chunk_id, a, b, c }
}

const png = Buffer.from('89504e470d0a1a0a00', 'hex').toString('base64')
const canvas = { nodes: [{ id: 'n', type: 'text', x: 0, y: 0, width: 1, height: 1, text: '# N' }], edges: [] }

const ops: Record<string, (world: World) => object> = {
  create_document: () => ({ title: 'Later', path: '/x' }),
  delete_document: ({ document_id }) => ({ id: document_id }),
  set_path: ({ document_id }) => ({ id: document_id, path: '/y' }),
  create_chunk: ({ document_id, a }) => ({ document_id, title: 'Later', after_id: a, tags: ['y'], body: '[[A]]' }),
  upsert_chunk: ({ document_id }) => ({ document_id, natural_key: 'k', title: 'K2', body: '[[C]]' }),
  update_chunk: ({ a, c }) => ({ id: a, revision: 2, title: 'Later', body: '[[C]]', tags: [], after_id: c }),
  delete_chunk: ({ a }) => ({ id: a }),
  move_chunk: ({ a, c }) => ({ id: a, new_parent_id: c }),
  move_card: ({ a }) => ({ id: a, status: 'done' }),
  reorder_chunk: ({ a }) => ({ id: a, direction: 'down' }),
  link_chunks: ({ b, c }) => ({ from_id: b, to_id: c, kind: 'needs' }),
  unlink_chunks: ({ a, c }) => ({ from_id: a, to_id: c, kind: 'needs' }),
  add_tags: ({ a }) => ({ id: a, tags: ['z'] }),
  remove_tags: ({ a }) => ({ id: a, tags: ['x'] }),
  define_type: () => ({ name: 't', fields: ['f'] }),
  set_asset: ({ a }) => ({ id: a, media_type: 'image/png', data: png }),
  revert: ({ a }) => ({ id: a, revision: 2 }),
  revert_run: () => ({ run_id: 'r_9' }),
  import_md: ({ document_id }) => ({ document_id, markdown: '# Later\n\n[[A]]\n\n## M\n' }),
  import_canvas: () => ({ canvas }),
  import_board: () => ({ text: 'Title,Status,Due\nA,Todo,2026-01-02\nB,Done,\n' }),
}

describe('a process that dies in the middle of', () => {
  it.each(Object.entries(ops))(
    '%s leaves all of it or nothing',
    async (op, inputFor) => {
      const db = await tempDatabase()
      const docs = await someDocuments({}, db)
      const input = inputFor(await aWorld(docs)) as Record<string, unknown>
      await everyCrash(db, tables, async (dying) => (await someDocuments({}, dying)).ask(op, input))
    },
    60_000,
  )
})

const tables = [
  ...[
    'dirents',
    'document_places',
    'documents',
    'chunks',
    'chunk_shelves',
    'chunk_contents',
    'chunk_edges',
    'chunk_links',
  ],
  ...['chunk_tags', 'chunk_types', 'chunk_assets', 'document_changes', chunkIndex],
]
