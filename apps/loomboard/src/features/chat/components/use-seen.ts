import { useEffect } from 'react'
import { markSeen } from '../../../lib/runs/seen.ts'

/** Whatever has happened by now in a conversation that is on the screen has been seen. */
export function useSeen(sessionId: string | undefined, lastActivity: string | undefined): void {
  useEffect(() => {
    if (!sessionId || !lastActivity) return
    const mark = () => document.visibilityState === 'visible' && markSeen(sessionId, Date.parse(lastActivity))
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => {
      document.removeEventListener('visibilitychange', mark)
      // The list may be a moment behind what was on the screen.
      if (document.visibilityState === 'visible') markSeen(sessionId, Math.max(Date.parse(lastActivity), Date.now()))
    }
  }, [sessionId, lastActivity])
}
