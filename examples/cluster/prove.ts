import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AgentEvent, LoomcycleClient } from '../../packages/client/src/index.ts'
import { buildStale } from '../../scripts/build.ts'
import { type Cluster, hasHaproxy, withCluster } from './cluster.ts'

const started = performance.now()
const tell = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`)

if (!hasHaproxy()) {
  console.error('There is no haproxy here. On Debian and Ubuntu, apt-get install haproxy brings it.')
  process.exit(1)
}
if (!(await buildStale())) process.exit(1)
await withCluster(prove)
tell('All of it was so, and whatever was started has ended.')

async function prove({ url, replicas }: Cluster) {
  for (const [name, { pid }] of Object.entries(replicas)) tell(`Replica ${name} is process ${pid}.`)
  tell(`Both are on one Postgres, behind HAProxy at ${url}.`)

  const client = new LoomcycleClient({
    baseUrl: url,
    resume: { onStatus: (status) => status === 'reconnecting' && tell('The stream looks for another connection.') },
  })
  const session = client.interactiveSession({
    agent: 'demo',
    segments: [{ role: 'user', content: [{ type: 'trusted-text', text: 'Count slowly' }] }],
  })
  const events = session.events()
  const seen: AgentEvent[] = []
  /** Reads on, and says what the agent has said since then. */
  const readUntil = async (isEnough: (text: string) => boolean): Promise<string> => {
    let text = ''
    do {
      const { value, done } = await events.next()
      assert(!done, 'the run ended before its time')
      if (value.seq !== undefined) seen.push(value)
      if (value.type === 'text') text += value.text
      if (value.type === 'retry') {
        tell(`The turn begins anew: ${value.retry?.reason}.`)
        text = ''
      }
    } while (!isEnough(text))
    return text
  }
  const answer = () => readUntil(() => session.awaitingInput)

  const begun = await readUntil((text) => text.includes(' 9 '))
  const worker = await workerOf(client)
  const [killed, other] = worker === 'one' ? [replicas.one, replicas.two] : [replicas.two, replicas.one]
  tell(`Replica ${worker} works on run ${session.runId} and has said: ${tail(begun)}`)
  await killed.kill()
  tell(`Replica ${worker} was killed (SIGKILL) in mid-answer.`)
  const whole = await answer()
  assert.match(whole, /1 2 3 .* 58 59 60\n\nDone\.$/)
  tell(`The stream went on to the end of the answer: ${tail(whole)}`)

  await showReplicas({ [worker]: false })
  await say(other, 'Hello!')
  tell(
    `The other replica was told “Hello!”, and the stream through the balancer has the answer: ${tail(await answer())}`,
  )
  await killed.restart()
  tell(`Replica ${worker} was started again.`)
  await say(killed, 'Thanks')
  tell(`It was told “Thanks”, and the stream has the answer: ${tail(await answer())}`)

  const numbers = seen.map(({ seq }) => seq!)
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  )
  for (const replica of [killed, other]) assert.deepEqual(seen, await replayed(replica, numbers.at(-1)!))
  tell(
    `The stream has brought ${seen.length} events, each once and in order: what either replica reads of the run from its beginning.`,
  )

  await showReplicas({ [worker]: true })
  await events.return()

  async function showReplicas(expected: Record<string, boolean>) {
    for (const { id, alive, silent_ms } of (await client.listReplicas()).replicas) {
      tell(`GET /v1/_replicas has ${id}: ${alive ? 'alive' : 'dead'}, heard of ${silent_ms} ms ago.`)
      assert.equal(alive, expected[id] ?? true)
    }
  }

  async function say({ url: baseUrl }: { url: string }, text: string) {
    const { delivered } = await new LoomcycleClient({ baseUrl }).sendRunInput(session.runId, text)
    assert(delivered)
  }

  async function replayed({ url: baseUrl }: { url: string }, until: number): Promise<AgentEvent[]> {
    const all: AgentEvent[] = []
    for await (const event of new LoomcycleClient({ baseUrl }).streamRunByID(session.runId)) {
      if (event.seq !== undefined) all.push(event)
      if (event.seq === until) break
    }
    // The stream of whoever starts a run leaves out what that one has said.
    return all.filter(({ seq }) => seq! >= seen[0]!.seq!)
  }
}

/** The one that has a run; what it says of itself is up to a second old. */
async function workerOf(client: LoomcycleClient): Promise<string> {
  for (;;) {
    const { replicas } = await client.listReplicas()
    const worker = replicas.find(({ running_runs }) => running_runs > 0)
    if (worker) return worker.id
    await sleep(100)
  }
}

function tail(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > 60 ? `… ${line.slice(-60)}` : line
}
