import type { LiveRun } from './live-runs.ts'

/** What a run is doing, for the lines of a list. */
export type RunTone = 'working' | 'waiting' | 'asking' | 'parked' | 'done' | 'failed' | 'stopped'
export interface RunWords {
  tone: RunTone
  words: string
}

export function runWords(run: Pick<LiveRun, 'status' | 'phase' | 'awaited'>): RunWords {
  if (run.status === 'completed') return { tone: 'done', words: 'Done' }
  if (run.status === 'failed') return { tone: 'failed', words: 'Failed' }
  if (run.status === 'cancelled') return { tone: 'stopped', words: 'Stopped' }
  if (run.phase === 'parked') return { tone: 'parked', words: 'Your turn' }
  if (run.phase === 'queued') return { tone: 'waiting', words: 'In the queue' }
  if (run.phase !== 'waiting') return { tone: 'working', words: 'Working' }
  if (run.awaited === 'interrupted') return { tone: 'asking', words: 'Waiting for you' }
  return { tone: 'waiting', words: run.awaited === 'child' ? 'Waiting for sub-agents' : 'Waiting' }
}
