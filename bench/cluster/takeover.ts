import { EventStream } from '../event-stream.ts'
import { otherThan, withReplicas } from './cluster.ts'
import { holding } from './steering.ts'

const rounds = 5

/** Milliseconds from when a replica is killed until a reader elsewhere has the next event of what it was working on. */
export function takeovers(count: number): Promise<number[]> {
  return withReplicas(count, holding, async ({ replicas }) => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const killed = replicas[round % count]!
      const started = new EventStream(`${killed.url}/v1/runs`, { agent: 'holding', prompt: 'Wait', interactive: true })
      const runId = await started.runId()
      const reader = new EventStream(`${otherThan(replicas, killed).url}/v1/runs/${runId}/stream`)
      await reader.nth('text')
      const before = reader.events.length
      const at = performance.now()
      await killed.kill()
      const next = await reader.first((_, place) => place >= before)
      times.push(next.at - at)
      reader.leave()
      started.leave()
      await killed.restart()
    }
    return times
  })
}
