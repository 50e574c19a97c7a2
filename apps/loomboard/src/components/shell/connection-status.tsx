import { useEffect, useState } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { connection } from '../../lib/client.ts'
import { cn } from '../../lib/cn.ts'
import type { ConnectionState } from '../../lib/connection.ts'
import { formatDuration } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

const dots = {
  live: 'bg-accent',
  'catching-up': 'animate-breathe bg-warn',
  offline: 'bg-danger',
  'signed-out': 'bg-faint',
}

/** The truth about the connection, in a dot and a few words. */
export function ConnectionStatus() {
  const state = useStore(connection.state)
  const now = useNow(state.kind === 'offline' ? 1000 : 0)
  const announced = useSettled(state.kind)
  return (
    <div className="flex min-w-0 items-center gap-2 text-faint text-xs" title="Connection to the runtime">
      <span aria-hidden="true" className={cn('size-1.5 shrink-0 rounded-full', dots[state.kind])} />
      <span className="truncate">{words(state, now)}</span>
      <span role="status" className="sr-only">
        {announced === 'live' ? '' : words({ ...state, kind: announced } as ConnectionState, 0).replace(/ for .*/, '')}
      </span>
    </div>
  )
}

function words(state: ConnectionState, now: number): string {
  switch (state.kind) {
    case 'live':
      return 'Live'
    case 'catching-up':
      return 'Catching up'
    case 'offline':
      return `Offline for ${formatDuration(Math.max(now - state.since, 1000))}`
    case 'signed-out':
      return 'Signed out'
  }
}

/** Spoken only when it lasts: a hiccup is not news. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 3000)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
