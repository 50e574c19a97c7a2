import type { RunEvent } from '@loomcycle/proto'
import type { AppContext } from '../../../context.ts'
import { followRun } from '../../../engine/log/follow-run.ts'
import { transientFrame } from '../../../engine/log/frame.ts'
import { parseLogEvent, toWire } from '../../../engine/log/log-event.ts'
import type { LoggedEvent } from '../../../engine/log/store.ts'
import { findRun, isRunLive, listChildRuns } from '../../../engine/rows/runs.ts'
import { parseJson } from '../../../ground/json.ts'
import { report } from '../../../ground/telemetry/telemetry.ts'
import type { SseResponse } from './sse.ts'

/**
 * Sends the events of the runs a run has started, from their beginning, and of those it will start. They are wrapped
 * and have no id, since the stream's cursor is the parent's; a reader tells them apart by run and `seq`.
 */
export function followChildren(ctx: AppContext, sse: SseResponse, parentRunId: string): () => void {
  const over = new AbortController()
  sse.closed.addEventListener('abort', () => over.abort(), { once: true })
  const followed = new Set<string>()
  // The reader comes back by its cursor.
  const cut = (error: unknown) => {
    report(ctx.telemetry, `stream of the children of ${parentRunId}`, error)
    sse.cut()
  }

  const followChild = async (parentId: string, childId: string) => {
    if (followed.has(childId) || over.signal.aborted) return
    followed.add(childId)
    const child = await findRun(ctx.db, childId)
    if (!child) return
    await followRun(
      {
        closed: over.signal,
        get isBehind() {
          return sse.isBehind
        },
        drained: () => sse.drained(),
        write: () => {},
        writeRows: (rows) => {
          for (const row of rows) {
            const started = spawnedBy(row)
            if (started) followChild(child.id, started).catch(cut)
            const frame = childFrame(row, child.id, parentId)
            if (frame) sse.write(frame)
          }
        },
      },
      {
        db: ctx.db,
        publisher: ctx.publisher,
        sessionId: child.sessionId,
        runId: child.id,
        afterSeq: child.firstSeq - 1,
        hasEnded: async () => !(await isRunLive(ctx.db, child.id)),
      },
    )
  }

  const followAll = () => {
    listChildRuns(ctx.db, parentRunId)
      .then((children) => Promise.all(children.map((child) => followChild(parentRunId, child.id))))
      .catch(cut)
  }
  const unfollow = ctx.publisher.follow(parentRunId, {
    onEvents(_frames, _head, rows) {
      for (const row of rows) {
        const started = spawnedBy(row)
        if (started) followChild(parentRunId, started).catch(cut)
      }
    },
    onHint: followAll,
  })
  followAll()
  return () => {
    unfollow()
    over.abort()
  }
}

function spawnedBy(row: LoggedEvent): string | undefined {
  if (row.type !== 'spawn_child_started') return undefined
  const event = parseLogEvent(row)
  return event.type === 'spawn_child_started' ? event.spawn_child.run_id : undefined
}

function childFrame(row: LoggedEvent, run_id: string, parent_run_id: string): string | undefined {
  const wire = toWire(row)
  if (!wire) return undefined
  const event: RunEvent = { type: 'child', run_id, parent_run_id, seq: row.seq, event: parseJson(wire.data) }
  return transientFrame(event)
}
