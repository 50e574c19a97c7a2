import type { Chunk } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { queryClient } from '../../../lib/query-client.ts'
import { type Said, type Thread, toThreads } from '../model/comments.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { chunkQuery, commentsQuery } from '../queries.ts'
import type { EditDocument } from '../use-edit-document.ts'

const none: readonly OutlineChunk[] = []

export interface Talk {
  threads: readonly Thread[]
  error: unknown
  isReading: boolean
  refetch: () => void
}

/** What is said about a card: that it was, the document's own changes tell; in which words, is read. */
export function useTalk(cardId: string, editing: EditDocument): Talk {
  const comments = editing.said.get(cardId) ?? none
  const { data, error, refetch, isFetching } = useQuery({
    ...commentsQuery(
      cardId,
      comments.map(({ id }) => id),
    ),
    enabled: comments.length > 0,
  })
  const isBehind = comments.some(({ id, revision }) => (data?.get(id)?.revision ?? 0) < revision)
  const seen = comments.map(({ id, revision }) => `${id} ${revision}`).join(' ')
  // Whatever was seen is stored: one more reading has it, or it is not there to be read.
  const readFor = useRef('')
  useEffect(() => {
    if (!isBehind || !data || readFor.current === seen) return
    readFor.current = seen
    void refetch()
  }, [isBehind, seen, data, refetch])
  const threads = useMemo(() => {
    const said = new Map<string, Said>()
    for (const { id } of comments) {
      const one = newer(data?.get(id), queryClient.getQueryData(chunkQuery(id).queryKey))
      if (one) said.set(id, one)
    }
    return toThreads(
      comments,
      said,
      editing.saying.filter((one) => one.cardId === cardId),
    )
  }, [comments, data, editing.saying, cardId])
  return { threads, error, isReading: isFetching && data === undefined, refetch: () => void refetch() }
}

/** What was read of a comment, or what this page has of it since; whoever made it has made it. */
function newer(read: Said | undefined, known: Chunk | undefined): Said | undefined {
  if (!known || known.revision < (read?.revision ?? 0)) return read
  const created_by = read?.created_by ?? (known.revision === 1 ? known.updated_by : undefined)
  return { ...known, ...(created_by ? { created_by } : {}) }
}
