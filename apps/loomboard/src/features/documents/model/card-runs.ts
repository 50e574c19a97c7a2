import type { LiveRun } from '../../../lib/runs/live-runs.ts'

/** A run that has a card as its task, with those that it has started itself. */
export interface CardRun extends LiveRun {
  /** Who of them waits for a person. */
  asking: readonly string[]
  /** All of them. */
  runIds: readonly string[]
}

export type RunsByCard = ReadonlyMap<string, readonly CardRun[]>

/** Who is at work on which card of a document, whoever began first before the others. */
export function atWork(runs: Iterable<LiveRun>, documentId: string, known: RunsByCard = new Map()): RunsByCard {
  const here = [...runs].filter(({ card, status }) => card?.documentId === documentId && status === 'running')
  const byAgentId = new Map(here.map((run) => [run.agentId, run]))
  const topOf = (run: LiveRun): LiveRun => {
    let top = run
    for (let depth = 0; depth < 16; depth++) {
      const above = top.parentAgentId === undefined ? undefined : byAgentId.get(top.parentAgentId)
      if (!above || above.card?.chunkId !== run.card?.chunkId) break
      top = above
    }
    return top
  }
  const trees = Map.groupBy(here, topOf)
  const cardRuns = [...trees].map(([top, all]): CardRun => {
    return {
      ...top,
      asking: all.filter(({ awaited }) => awaited === 'interrupted').map(({ runId }) => runId),
      runIds: all.map(({ runId }) => runId),
    }
  })
  cardRuns.sort((a, b) => a.startedAt - b.startedAt || a.runId.localeCompare(b.runId))
  const byCard = Map.groupBy(cardRuns, ({ card }) => card?.chunkId ?? '')
  // Cards that nothing has changed for are not drawn again.
  return new Map([...byCard].map(([id, next]) => [id, isSame(known.get(id), next) ? known.get(id)! : next]))
}

function isSame(a: readonly CardRun[] | undefined, b: readonly CardRun[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What was listed, as far as nothing newer was told of it. */
export function withTold(listed: readonly LiveRun[], told: ReadonlyMap<string, LiveRun>): LiveRun[] {
  const all = new Map(listed.map((run) => [run.runId, run]))
  for (const [id, run] of told)
    if (run.card) all.set(id, { ...run, startedAt: all.get(id)?.startedAt ?? run.startedAt })
  return [...all.values()]
}

/** Whose question goes before what the others do. */
export function mostUrgent(runs: readonly CardRun[]): CardRun | undefined {
  return runs.find(({ asking }) => asking.length > 0) ?? runs[0]
}

/** As it is to be shown: what one of its sub-agents asks, it asks. */
export function asShown(run: CardRun): Pick<LiveRun, 'status' | 'phase' | 'awaited'> {
  return run.asking.length > 0 ? { status: 'running', phase: 'waiting', awaited: 'interrupted' } : run
}
