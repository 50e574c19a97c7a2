import type { FetchQueryOptions } from '@tanstack/react-query'
import { definitionInUse, libraryQuery } from '../../components/definitions/queries.ts'
import { reference } from '../../components/documents/address.ts'
import { documentQuery, foundChunksQuery, namedDocumentsQuery } from '../../components/documents/queries.ts'
import type { Suggestion } from '../../components/suggestions/suggestions.ts'
import { client } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'

const mostDocuments = 4
const mostChunks = 6

interface Named {
  id: string
  title: string
  path: string | undefined
}

/** What `@` means besides agents: documents by name or path, chunks by their words, and after `#` those of one document. */
export async function findDocuments(query: string, signal: AbortSignal): Promise<Suggestion[]> {
  const [name = '', words] = query.split('#')
  const documents = (await ask(namedDocumentsQuery(name, mostDocuments), signal)).map(
    ({ document_id: id, title, paths: [path] }): Named => ({ id, title, path }),
  )
  if (words === undefined) {
    const skills = await findSkills(name)
    const chunks = name.length > 1 && !name.startsWith('/') ? await findChunks(name, undefined, signal) : []
    return [...skills, ...documents.map(ofDocument), ...(await ofChunks(chunks, signal))]
  }
  const document = documents.find(({ path }) => path === name) ?? documents[0]
  if (!document) return []
  const chunks = words === '' ? await lastChanged(document.id, signal) : await findChunks(words, document.id, signal)
  return ofChunks(chunks, signal)
}

const mostSkills = 3

/** Skills by name; whoever may not see them is offered none. */
async function findSkills(query: string): Promise<Suggestion[]> {
  const wanted = query.toLowerCase()
  const skills = await queryClient.fetchQuery({ ...libraryQuery('skill'), staleTime: 60_000 }).catch(() => [])
  return skills
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, mostSkills)
    .map((skill) => {
      const { description } = definitionInUse(skill)
      const hint = typeof description === 'string' ? `Skill. ${description}` : 'Skill'
      return { id: `skill ${skill.name}`, label: `@${skill.name}`, hint, insert: `the skill ${skill.name}` }
    })
}

interface Found {
  id: string
  title: string
  documentId: string
}

/** What was asked before is known; what nobody waits for any more is not asked to the end. */
async function ask<T, Key extends readonly unknown[]>(
  query: FetchQueryOptions<T, Error, T, Key>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted()
  const cancel = () => void queryClient.cancelQueries({ queryKey: query.queryKey })
  signal.addEventListener('abort', cancel)
  try {
    return await queryClient.fetchQuery(query)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

async function findChunks(words: string, documentId: string | undefined, signal: AbortSignal): Promise<Found[]> {
  const chunks = await ask(foundChunksQuery(words, documentId, mostChunks), signal)
  return chunks.map(({ chunk_id, title = '', document_id = '' }) => ({ id: chunk_id, title, documentId: document_id }))
}

async function lastChanged(documentId: string, signal: AbortSignal): Promise<Found[]> {
  const { chunks = [] } = await client.document(
    { op: 'query_chunks', document_id: documentId, sort: 'updated_at', order: 'desc', limit: mostChunks },
    { signal },
  )
  return chunks.map(({ id, title }) => ({ id, title, documentId }))
}

function ofDocument(document: Named): Suggestion {
  const { id, title, path } = document
  return { id: `document ${id}`, label: title, hint: path ?? 'Document', insert: reference(document) }
}

/** The chunk that stands for a whole document is offered as the document. */
async function ofChunks(chunks: readonly Found[], signal: AbortSignal): Promise<Suggestion[]> {
  const ids = [...new Set(chunks.map(({ documentId }) => documentId))]
  const answers = await Promise.all(ids.map((id) => ask({ ...documentQuery(id), staleTime: 30_000 }, signal)))
  const documents = new Map(answers.map((document) => [document.document_id, document]))
  return chunks.flatMap(({ id, title, documentId }) => {
    const document = documents.get(documentId)
    if (!document || document.root_chunk_id === id) return []
    const named = { id: documentId, title: document.title, path: document.paths[0] }
    const insert = reference(named, { id, title })
    return [{ id: `chunk ${id}`, label: title || 'Untitled', hint: `in ${document.title}`, insert }]
  })
}
