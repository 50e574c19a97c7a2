import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { notify } from '../../lib/browser/notifications.ts'
import { setTitleBadge } from '../../lib/browser/page-title.ts'
import { useStore } from '../../lib/browser/store.ts'
import { connection } from '../../lib/client.ts'
import { useOpenQuestions } from '../../lib/open-questions.ts'
import { findChat, refreshChats, refreshQuestions } from '../../lib/queries.ts'
import { type Attention, attentionOf } from '../../lib/runs/attention.ts'
import type { RunChange } from '../../lib/runs/live-runs.ts'
import { liveRuns, onRunChanges } from '../../lib/runs/runs.ts'
import { toast } from '../../lib/toast.ts'

/** A tab in the background gives its connection back after this long. */
const hiddenPatience = 15_000
const words: Record<Attention['kind'], string> = {
  asks: 'asks you something',
  answered: 'has answered',
  failed: 'failed',
}

/** Follows this person's runs for the whole app, and says what happens in conversations that nobody looks at. */
export function useAttention(): void {
  const { kind } = useStore(connection.state)
  const signedOut = kind === 'signed-out'
  const navigate = useNavigate()
  const open = useOpenQuestions(!signedOut)
  const missed = useRef(0)

  useEffect(() => setTitleBadge(open + missed.current), [open])

  const tell = useEffectEvent((changes: readonly RunChange[]) => {
    refreshChats()
    if (changes.some(({ before, after }) => before?.awaited === 'interrupted' || after.awaited === 'interrupted')) {
      refreshQuestions()
    }
    for (const change of changes) {
      const attention = attentionOf(change, liveRuns.state.get())
      if (!attention || isLookedAt(attention)) continue
      const { kind, sessionId, rootSessionId, agent, error } = attention
      const title = findChat(rootSessionId)?.title || agent
      const go = () => void navigate({ to: '/chat/$sessionId', params: { sessionId } })
      if (document.visibilityState === 'hidden') {
        if (kind !== 'asks') setTitleBadge(open + ++missed.current)
        notify(title, error ?? `${agent} ${words[kind]}`, `${rootSessionId}:${kind}`, go)
      } else {
        toast.about(sessionId, title, `${agent} ${words[kind]}`, go)
      }
    }
  })
  useEffect(() => onRunChanges((changes) => tell(changes)), [])

  useEffect(() => {
    if (signedOut) {
      liveRuns.follow('off')
      return
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const onVisibility = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') {
        missed.current = 0
        setTitleBadge(open)
        liveRuns.follow('stream')
      } else timer = setTimeout(() => liveRuns.follow('poll'), hiddenPatience)
    }
    onVisibility()
    if (document.visibilityState === 'hidden') liveRuns.follow('poll')
    document.addEventListener('visibilitychange', onVisibility)
    const stopWatching = connection.onReturn(() => liveRuns.restart())
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
      stopWatching()
    }
  }, [signedOut, open])
}

function isLookedAt({ sessionId, rootSessionId }: Attention): boolean {
  if (document.visibilityState === 'hidden') return false
  const beside = new URLSearchParams(location.search).get('assistant')?.replaceAll('"', '')
  return [sessionId, rootSessionId].some((id) => location.pathname === `/chat/${id}` || beside === id)
}
