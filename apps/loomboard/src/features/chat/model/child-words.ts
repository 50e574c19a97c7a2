import type { LiveRun } from '../../../lib/runs/live-runs.ts'
import { type RunWords, runWords } from '../../../lib/runs/run-words.ts'
import type { ChildRun, ToolPart } from './types.ts'

const ended: Record<Exclude<ChildRun['state'], 'running'>, RunWords> = {
  done: { tone: 'done', words: 'Done' },
  failed: { tone: 'failed', words: 'Failed' },
  stopped: { tone: 'stopped', words: 'Stopped' },
}

/** The parent's log hears of an end only when all have ended; the runtime says it of each. */
export function childWords(child: ChildRun, live: LiveRun | undefined): RunWords {
  if (child.state !== 'running') return ended[child.state]
  return live ? runWords(live) : { tone: 'working', words: 'Working' }
}

/** What each sub-agent was told, by its index. */
export function tasksOf(call: Pick<ToolPart, 'input'>): string[] {
  const { prompt, spawns } = (call.input ?? {}) as { prompt?: unknown; spawns?: unknown }
  const list: unknown[] = Array.isArray(spawns) ? spawns.map((spawn) => spawn?.prompt) : [prompt]
  return list.map((task) => (typeof task === 'string' ? task : ''))
}
