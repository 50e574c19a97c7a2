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
import { type Mark, markChanges, tellChanges } from './model/changes.ts'
import { rereadDocument, snapshotQuery } from './queries.ts'
import { writerOf } from './writing/writers.ts'

export interface LiveDocument {
  /** What changed since this person looked last, and since the page is open. */
  marks: ReadonlyMap<string, Mark>
  /** What happened just now, in words; empty after a while. */
  news: string
  /** Who has it open. */
  present: Store<wire.DocumentPresence['people']>
}

/** Changes that are still remembered when a page is read again while they come in. */
const remembered = 200
const newsFor = 8000

/** Keeps an open document up to date, and remembers who changed what. */
export function useLiveDocument(documentId: string): LiveDocument {
  const { data: snapshot } = useQuery({ ...snapshotQuery(documentId), enabled: documentId !== '' })
  const { data: whoami } = useQuery(whoamiQuery)
  const [marks, setMarks] = useState<ReadonlyMap<string, Mark>>(new Map())
  const [news, setNews] = useState('')
  const [present] = useState(() => createStore<wire.DocumentPresence['people']>([]))
  const watched = useWatched()
  const recent = useRef<readonly DocumentChange[]>([])
  const seq = snapshot?.seq
  const isHere = seq !== undefined

  const take = useEffectEvent((changes: readonly DocumentChange[]) => {
    recent.current = [...recent.current, ...changes].slice(-remembered)
    setMarks((known) => markChanges(known, changes, Date.now()))
    setNews(
      tellChanges(
        changes.filter((change) => !writerOf(documentId).isOwn(change)),
        whoami?.subject,
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
      .then(({ changes }) => setMarks((known) => new Map([...markChanges(new Map(), changes), ...known])))
      // It is a courtesy; the page says itself when the runtime is away.
      .catch(() => {})
    return () => abort.abort()
  }, [documentId])

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
    if (!news) return
    const timer = setTimeout(() => setNews(''), newsFor)
    return () => clearTimeout(timer)
  }, [news])

  return { marks, news, present }
}

function snapshotSeq(documentId: string): number {
  return queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.seq ?? 0
}
