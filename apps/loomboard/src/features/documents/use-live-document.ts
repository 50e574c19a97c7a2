import type { DocumentChange, wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { createStore, type Store } from '../../lib/browser/store.ts'
import { client } from '../../lib/client.ts'
import { whoamiQuery } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import { useWatched } from '../../lib/use-watched.ts'
import { applyChanges, followDocument } from './follow-document.ts'
import { looked, lookedUntil } from './looked.ts'
import { joinMarks, type Marks, markChanges, tellChanges } from './model/changes.ts'
import { rereadDocument, type Snapshot, snapshotQuery } from './queries.ts'
import { writerOf } from './writing/writers.ts'

export interface LiveDocument {
  /** What changed since this person looked last, and since the page is open. */
  marks: Store<Marks>
  /** What happened just now, in words; empty after a while. */
  news: Store<string>
  /** Who has it open. */
  present: Store<wire.DocumentPresence['people']>
}

/** Changes that are still remembered when a page is read again while they come in. */
const remembered = 200
const newsFor = 8000

/** Keeps an open document up to date, and remembers who changed what; who shows something of it watches that alone. */
export function useLiveDocument(documentId: string): LiveDocument {
  const { data: seq } = useQuery({ ...snapshotQuery(documentId), enabled: documentId !== '', select: seqOf })
  const { data: whoami } = useQuery(whoamiQuery)
  const [live] = useState(() => ({
    marks: createStore<Marks>(new Map()),
    news: createStore(''),
    present: createStore<wire.DocumentPresence['people']>([]),
  }))
  const { marks, news, present } = live
  const watched = useWatched()
  const recent = useRef<readonly DocumentChange[]>([])
  const isHere = seq !== undefined

  const take = useEffectEvent((changes: readonly DocumentChange[]) => {
    recent.current = [...recent.current, ...changes].slice(-remembered)
    marks.set(markChanges(marks.get(), changes, Date.now()))
    news.set(
      tellChanges(
        changes.filter((change) => !writerOf(documentId).isOwn(change)),
        whoami?.subject,
        (id) => queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.chunks.get(id)?.title,
      ),
    )
    void applyChanges(documentId, changes)
  })
  const startOver = useEffectEvent(() => {
    recent.current = []
    rereadDocument(documentId)
  })

  useEffect(() => {
    const since = lookedUntil(documentId)
    if (since === undefined || documentId === '') return
    const abort = new AbortController()
    client
      .document({ op: 'changes', document_id: documentId, since, limit: 1000 }, { signal: abort.signal })
      .then(({ changes }) => marks.set(joinMarks(markChanges(new Map(), changes), marks.get())))
      // It is a courtesy; the page says itself when the runtime is away.
      .catch(() => {})
    return () => abort.abort()
  }, [documentId, marks])

  useEffect(() => {
    if (!isHere || !watched) return
    const abort = new AbortController()
    const from = Math.max(snapshotSeq(documentId), recent.current.at(-1)?.seq ?? 0)
    void followDocument(documentId, from, abort.signal, {
      onChanges: (changes) => take(changes),
      onGoneBack: () => startOver(),
      onPresence: (people) => present.set(people),
    })
    return () => abort.abort()
  }, [documentId, isHere, watched, present])

  // Somebody has read the whole document again, and what was told in the meantime may not be in it.
  useEffect(() => {
    const missing = recent.current.filter((change) => seq !== undefined && change.seq > seq)
    if (missing.length > 0) void applyChanges(documentId, missing)
    if (seq !== undefined && watched) looked(documentId, seq)
  }, [documentId, seq, watched])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = news.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(() => news.set(''), newsFor)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [news])

  return live
}

const seqOf = ({ seq }: Snapshot) => seq

function snapshotSeq(documentId: string): number {
  return queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.seq ?? 0
}
