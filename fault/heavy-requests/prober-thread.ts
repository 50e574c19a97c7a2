import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Heavy } from './ask.ts'
import type { Probe, Questions } from './prober.ts'

const usualPauseMs = 4
const warmUp = 20
const { url, questions } = workerData as { url: string; questions: Questions }
const { pauseMs = usualPauseMs } = questions
const agent = new Agent({ keepAlive: true })
const probe: Probe = { reads: [], writes: [], starts: [], refused: [] }
let isStopping = false

/** Resolves to how long the whole answer took, or its beginning. */
function ask({ method = 'GET', path, body }: Heavy, until: 'data' | 'end' = 'end'): Promise<number> {
  const started = performance.now()
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const headers = { 'content-type': 'application/json', ...length }
  return new Promise((resolve) => {
    const refused = (what: string) => {
      probe.refused.push(`${method} ${path}: ${what}`)
      resolve(performance.now() - started)
    }
    const sent = request(`${url}${path}`, { agent, method, headers }, (answer) => {
      answer.once(until, () => {
        if (answer.statusCode === 200) resolve(performance.now() - started)
        else refused(`${answer.statusCode}`)
      })
      answer.resume()
      answer.once('error', (error) => refused(error.message))
    })
    sent.once('error', (error) => refused(error.message))
    sent.end(body)
  })
}

let written = 0
const read = () => ask(questions.read)
const write = () => ask(questions.writes[written++ % questions.writes.length]!)
const kinds = [
  { waits: probe.reads, once: read },
  { waits: probe.writes, once: write },
  ...(questions.start ? [{ waits: probe.starts, once: () => ask(questions.start!, 'data') }] : []),
]

async function keepAsking({ waits, once }: (typeof kinds)[number]) {
  while (!isStopping) {
    waits.push(await once())
    await sleep(pauseMs)
  }
}

for (let n = 0; n < warmUp; n++) {
  for (const { once } of kinds) await once()
}
parentPort!.once('message', () => {
  isStopping = true
})
parentPort!.postMessage('ready')
await Promise.all(kinds.map(keepAsking))
parentPort!.postMessage(probe)
agent.destroy()
