import type { DocumentChange, LoomcycleClient } from '@loomcycle/client'
import { clientOf } from './test-client.ts'
import type { TestRuntime } from './test-runtime.ts'

type Input = Parameters<LoomcycleClient['document']>[0]

export interface SaidComment {
  id: string
  parent_id: string
  body: string
  fields: Record<string, unknown>
  updated_by: { kind: string; id: string; run_id?: string }
}

/** A document with a board of these columns, over HTTP; `on` goes on with it in another process. */
export async function aBoard(runtime: TestRuntime, columns: readonly object[] = []) {
  const { document_id } = await ask(runtime, { op: 'create_document', title: 'Plan' })
  const board = on(runtime, document_id)
  await board.setColumns(columns)
  return board
}

export function on(runtime: TestRuntime, document_id: string) {
  const client = clientOf(runtime)
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  const document = (input: Record<string, unknown>): Promise<any> => ask(runtime, { document_id, ...input })
  const comments = async (): Promise<SaidComment[]> => {
    const { chunks } = await document({ op: 'query_chunks', type: 'comment', sort: 'created_at', limit: 1000 })
    return Promise.all(chunks.map(({ id }: { id: string }) => document({ op: 'get_chunk', id })))
  }
  const answers = async () => (await comments()).filter(({ updated_by }) => updated_by.kind !== 'user')
  return {
    document_id,
    client,
    document,
    comments,
    setColumns: (columns: readonly object[]) =>
      document({
        ...{ op: 'upsert_chunk', natural_key: 'board:main', title: 'Board', type: 'loom/board' },
        fields: { columns },
      }),
    card: async (title: string, more: object = {}): Promise<string> =>
      (await document({ op: 'create_chunk', title, ...more })).id,
    move: (id: string, status: string) => document({ op: 'move_card', id, status }),
    comment: (parent_id: string, body: string, ...mentions: string[]) =>
      document({ op: 'create_chunk', type: 'comment', title: '', parent_id, body, fields: { mentions } }),
    /** What agents and the board have said, once it is so much. */
    async answers(count: number): Promise<SaidComment[]> {
      const following = new AbortController()
      const changes: AsyncIterable<DocumentChange> = client.documentChanges({
        documentId: document_id,
        since: 0,
        signal: following.signal,
      })
      for await (const _ of changes) {
        const said = await answers()
        if (said.length < count) continue
        following.abort()
        return said
      }
      throw new Error('the stream of changes ended')
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: see above
function ask(runtime: TestRuntime, input: Record<string, unknown>): Promise<any> {
  return clientOf(runtime).document(input as Input)
}
