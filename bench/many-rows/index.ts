import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, ask } from '../../fault/heavy-requests/ask.ts'
import { type Probed, probedWhile, type Questions } from '../../fault/heavy-requests/prober.ts'
import { type Benchmark, type Measurement, median, noted, percentile, round } from '../benchmark.ts'
import { type Documents, documentRequests, otherRequests, type Request } from './requests.ts'
import { json, openStore, type Size, type Store, settled } from './store.ts'

const whole: Size = {
  chunks: 50_000,
  documents: 2000,
  conversations: 100_000,
  events: 50_000,
  keys: 20_000,
  names: 20_000,
}
const half = Object.fromEntries(Object.entries(whole).map(([what, n]) => [what, n / 2])) as unknown as Size

const longestWaitMs = 50
const idleMs = 3000
const pauseMs = 20
/** So often what can be asked again, or so long. */
const repeats = 5
/** What takes less than this says nothing of how it grows. */
const shortMs = 50

/** How long others wait, and how long it takes by itself, when somebody asks for what is about very many rows. */
export const manyRows: Benchmark = {
  name: 'many-rows',
  async run() {
    const small = await measured(half)
    const large = await measured(whole)
    const idle = large.idle
    return [
      noted('another person while nobody asks for much, p99', worst(idle, 99), 'ms'),
      ...large.tried.map((one, i) => rowOf(one, small.tried[i]!)),
    ]
  },
}

interface Tried {
  what: string
  took: number
  probed: Probed
}

async function measured(size: Size): Promise<{ idle: Probed; tried: Tried[] }> {
  const store = await openStore(size)
  try {
    const questions = await ofAnother(store)
    const idle = await probedWhile(store.runtime, () => sleep(idleMs), questions)
    const documents: Documents = { id: '', branchId: '' }
    const tried: Tried[] = []
    for (const request of [...documentRequests, ...otherRequests]) {
      const one = await tryOne(store, documents, request, questions)
      console.log(`  ${told(one)}`)
      tried.push(one)
    }
    return { idle, tried }
  } finally {
    await store.runtime.stop()
  }
}

async function tryOne(store: Store, documents: Documents, request: Request, questions: Questions): Promise<Tried> {
  const { runtime, size } = store
  const heavy = await request.ask(store, documents)
  const times: number[] = []
  let answer: Answer | undefined
  const probed = await probedWhile(
    runtime,
    async () => {
      for (let n = 0; n < (request.changes ? 1 : repeats); n++) {
        const started = performance.now()
        answer = await ask(runtime.url, heavy)
        times.push(performance.now() - started)
      }
      await settled(store)
    },
    questions,
  )
  const what = request.what(size)
  if (answer!.status >= 300) throw new Error(`${what} was answered ${answer!.status}: ${answer!.end}`)
  if (probed.probe.refused.length > 0) throw new Error(`${what}: another was refused ${probed.probe.refused[0]}`)
  await request.changes?.(store, documents, answer!)
  return { what, took: median(times), probed }
}

/** A person of few documents, who reads a chunk, writes one, and starts runs. */
async function ofAnother({ runtime }: Store): Promise<Questions> {
  const path = '/v1/_document?scope_id=bob'
  const made = await fetch(`${runtime.url}${path}`, {
    method: 'POST',
    body: JSON.stringify({ op: 'create_document', title: 'Of another' }),
    headers: { 'content-type': 'application/json' },
  })
  const { document_id, root_chunk_id: id } = (await made.json()) as Record<string, string>
  const write = (body: string) =>
    json(path, { op: 'upsert_chunk', document_id, natural_key: 'one', title: 'One', body })
  return {
    read: json(path, { op: 'get_chunk', id }),
    writes: ['before', 'after'].map(write),
    start: json('/v1/runs', { agent: 'brief', prompt: 'Go', user_id: 'bob' }),
    pauseMs,
  }
}

function worst({ probe }: Probed, percent: number): number {
  return Math.max(...[probe.reads, probe.writes, probe.starts].map((waits) => percentile(waits, percent)))
}

function told({ what, took, probed }: Tried): string {
  const [p50, p99, most] = [50, 99, 100].map((percent) => worst(probed, percent).toFixed(1))
  return `${what}: ${took.toFixed()} ms; another ${p50}, p99 ${p99}, most ${most} ms; longest step ${probed.longestStep.toFixed()} ms`
}

function rowOf(one: Tried, atHalf: Tried): Measurement {
  const p99 = worst(one.probed, 99)
  // Whoever waits while the process itself was quick waits for the machine.
  const waited = Math.min(p99, one.probed.longestStep)
  const growth = one.took / atHalf.took
  const grows = one.took < shortMs ? '' : `, ${round(growth)} × half as many`
  return {
    what: `${one.what}: ${round(one.took)} ms${grows}; another, p50 ${round(worst(one.probed, 50))}, most ${round(worst(one.probed, 100))}, longest step ${round(one.probed.longestStep)}, p99`,
    value: `${round(p99)} ms`,
    target: { limit: `≤ ${longestWaitMs} ms`, met: waited <= longestWaitMs },
  }
}
