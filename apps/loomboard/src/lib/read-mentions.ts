import { client } from './client.ts'
import type { Mention } from './mentions.ts'
import { whoamiQuery } from './queries.ts'
import { queryClient } from './query-client.ts'

const most = 50

/** What mentions this person in their documents, the newest first. */
export async function readMentions(signal: AbortSignal): Promise<Mention[]> {
  const { subject } = await queryClient.ensureQueryData(whoamiQuery)
  // A list of names is searched as its JSON, where each stands in its quotes.
  const where = [{ field: 'mentions', is: 'contains' as const, value: JSON.stringify(subject) }]
  const { chunks: comments = [] } = await client.document(
    {
      ...{ op: 'query_chunks', type: 'comment', where, sort: 'created_at', order: 'desc', limit: most },
      include: ['body', 'actors'],
    },
    { signal },
  )
  const others = comments.filter(({ created_by: by }) => by && !(by.kind === 'user' && by.id === subject))
  const ids = [...new Set(others.flatMap(({ parent_id }) => parent_id ?? []))]
  const cards = ids.length === 0 ? [] : ((await client.document({ op: 'query_chunks', ids }, { signal })).chunks ?? [])
  const titles = new Map(cards.map(({ id, title }) => [id, title]))
  return others.map(({ id, document_id, parent_id = '', created_by, body = '', created_at = '' }) => ({
    ...{ id, documentId: document_id, cardId: parent_id, card: titles.get(parent_id) || 'Untitled', body },
    ...{ by: created_by?.id ?? '', isAgent: created_by?.kind !== 'user', at: Date.parse(created_at) || 0 },
  }))
}
