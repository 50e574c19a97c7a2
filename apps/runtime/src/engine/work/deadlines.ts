import { Alarm, type AlarmOptions } from '../../ground/alarm/alarm.ts'
import { codeJs } from '../../ground/config/code-agents.ts'
import type { Database } from '../../ground/db/database.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { earliestDeadline, listRunsOverTime, timedOut } from '../rows/runs.ts'
import type { Engine } from './engine.ts'

/** Between two looks, so that one that does not end at once is not asked for all the time. */
const pauseMs = 1_000
const batch = 100

export interface DeadlineDependencies extends Pick<AlarmOptions, 'clock' | 'telemetry'> {
  db: Database
  engine(): Pick<Engine, 'end' | 'cancelTurn' | 'isStopping'>
}

/** Ends runs, and turns of those that somebody talks to, that take longer than they may, whatever they wait for. */
export function createDeadlines({ db, clock, telemetry, engine }: DeadlineDependencies): Alarm {
  return new Alarm({
    clock,
    telemetry,
    name: 'deadlines of runs',
    async look() {
      if (engine().isStopping) return undefined
      const over = await listRunsOverTime(db, clock.now(), batch)
      await Promise.all(over.map((run) => stop(engine(), run)))
      const next = engine().isStopping ? undefined : await earliestDeadline(db)
      return next === undefined ? undefined : Math.max(next, over.length > 0 ? clock.now() + pauseMs : 0)
    },
  })
}

async function stop(engine: Pick<Engine, 'end' | 'cancelTurn'>, run: RunRecord): Promise<void> {
  const seconds = `${run.options.timeoutSeconds} s, which is its run_timeout_seconds`
  const isCode = run.began?.provider === codeJs
  if (run.interactive) await engine.cancelTurn(run, `the turn took longer than ${seconds}`)
  else await engine.end(run.id, timedOut(`${isCode ? 'code_agent_timeout: ' : ''}the run took longer than ${seconds}`))
}
