import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Heavy } from './ask.ts'
import type { Probe, Questions } from './prober.ts'

const pauseMs = 4
const warmUp = 20
const { url, questions } = workerData as { url: string; questions: Questions }
const agent = new Agent({ keepAlive: true, maxSockets: 2 })
const probe: Probe = { longestRead: 0, longestWrite: 0, asked: 0, refused: [] }
let isStopping = false

/** Resolves to how long it took. */
function ask({ method = 'GET', path, body }: Heavy): Promise<number> {
  const started = performance.now()
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const headers = { 'content-type': 'application/json', ...length }
  return new Promise((resolve) => {
    const refused = (what: string) => {
      probe.refused.push(`${method} ${path}: ${what}`)
      resolve(performance.now() - started)
    }
    const sent = request(`${url}${path}`, { agent, method, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - started)
        else refused(`${answer.statusCode}`)
      })
      answer.once('error', (error) => refused(error.message))
    })
    sent.once('error', (error) => refused(error.message))
    sent.end(body)
  })
}

let written = 0
const read = () => ask(questions.read)
const write = () => ask(questions.writes[written++ % questions.writes.length]!)

async function keepAsking(once: () => Promise<number>, longest: 'longestRead' | 'longestWrite') {
  while (!isStopping) {
    probe[longest] = Math.max(probe[longest], await once())
    probe.asked++
    await sleep(pauseMs)
  }
}

for (let n = 0; n < warmUp; n++) {
  await read()
  await write()
}
parentPort!.once('message', () => {
  isStopping = true
})
parentPort!.postMessage('ready')
await Promise.all([keepAsking(read, 'longestRead'), keepAsking(write, 'longestWrite')])
parentPort!.postMessage(probe)
agent.destroy()
