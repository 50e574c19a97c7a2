import { type RuntimeOptions, type RuntimeProcess, startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault, FaultOptions, Outcome } from '../fault.ts'
import { type Answer, ask } from './ask.ts'
import { type Case, cases } from './cases.ts'
import { documentRequests } from './documents.ts'
import { type Probed, probedWhile, watchingSteps } from './prober.ts'
import { fillDatabase } from './rows.ts'
import { told, tooLong } from './waits.ts'

/** A machine that does other things as well holds everybody up now and then. */
const usualRounds = 3
/** However much was asked for before. */
const mostAtAllMb = 700

const agent = (model: string, more: object = {}) => ({
  provider: 'scripted',
  model,
  system_prompt: 'You talk.',
  ...more,
})
const judging = { name: 'Evaluation', input: { op: 'aggregate', def_id: 'echo' } }

const counting = { name: 'Memory', input: { op: 'get', scope: 'user', key: 'k' } }
const almostKey = `-----BEGIN PRIVATE KEY----- ${`Ab:${' '.repeat(11)}`.repeat(23)}! `

const settings: RuntimeOptions = {
  env: watchingSteps,
  config: {
    concurrency: { max_concurrent_runs: 8, max_queue_depth: 32 },
    agents: {
      echo: agent('brief'),
      brief: agent('brief'),
      keys: agent('keys'),
      caller: agent('caller', { tools: ['Memory'] }),
      judge: agent('judge', { tools: ['Evaluation'], evaluation_scopes: ['read_any'] }),
    },
  },
  scripts: {
    brief: { scenes: [{ turns: [{ text: 'Yes.' }] }] },
    keys: { scenes: [{ turns: [{ text: almostKey.repeat(200) }] }] },
    caller: {
      scenes: [{ turns: [{ tool_calls: Array.from({ length: 20_000 }, () => counting) }, { text: 'So many.' }] }],
    },
    judge: { scenes: [{ turns: [{ tool_calls: [judging] }, { text: 'So it is.' }] }] },
  },
}

/** Requests that are as heavy as they may be: meanwhile everybody else is served, and the process keeps its size. */
export const heavyRequests: Fault = {
  name: 'heavy-requests',
  async run(options) {
    return [...(await ofRuns(options)), ...(await documentRequests(options))]
  },
}

async function ofRuns({ only, count = usualRounds }: FaultOptions): Promise<Outcome[]> {
  const asked = cases.filter(({ what }) => !only || what.includes(only))
  if (asked.length === 0) return []
  const runtime = await startRuntime(settings)
  try {
    await fillDatabase(runtime)
    const idle = await probedWhile(runtime, () => new Promise((resolve) => setTimeout(resolve, 1500)))
    const outcomes: Outcome[] = [{ what: 'nothing at all', tried: told(idle), violations: [] }]
    for (const one of asked) {
      const outcome = await tried(runtime, one, idle, count)
      outcomes.push(outcome)
      console.log(`  ${outcome.what}: ${outcome.tried}`)
    }
    return outcomes
  } finally {
    await runtime.stop()
  }
}

async function tried(runtime: RuntimeProcess, one: Case, idle: Probed, rounds: number): Promise<Outcome> {
  let best: Outcome | undefined
  for (let round = 0; round < rounds && best?.violations.length !== 0; round++) {
    const outcome = await triedOnce(runtime, one, idle)
    if (!best || outcome.violations.length < best.violations.length) best = outcome
  }
  return best!
}

async function triedOnce(
  runtime: RuntimeProcess,
  { what, atOnce, request, mostMb, mayRefuse = [] }: Case,
  idle: Probed,
) {
  const answers: Answer[] = []
  const started = performance.now()
  const probed = await probedWhile(runtime, async () => {
    const asked = Array.from({ length: atOnce }, async () => void answers.push(await ask(runtime.url, request)))
    await Promise.all(asked)
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const { probe, beforeMb, peakMb } = probed
  const complaints = [
    ...tooLong(probed, idle),
    ...(peakMb - beforeMb > mostMb || peakMb > mostAtAllMb
      ? [`the process held ${peakMb.toFixed(0)} MB, before ${beforeMb.toFixed(0)}`]
      : []),
    ...probe.refused.slice(0, 2).map((refused) => `small requests were refused: ${refused}`),
    ...answers.flatMap((answer) => complaintsAbout(answer, mayRefuse)).slice(0, 2),
  ]
  const refused = answers.filter(({ status }) => status !== 200).length
  const said = `${told(probed)}, ${seconds} s${refused ? `, ${refused} of ${atOnce} refused` : ''}`
  return { what, tried: said, violations: complaints.map((complaint) => ({ case: what, what: complaint })) }
}

function complaintsAbout({ status, code, end }: Answer, mayRefuse: readonly string[]): string[] {
  if (status === 200) return []
  if (code !== undefined && mayRefuse.includes(code)) return []
  return [`the answer was ${status} ${code ?? 'without a code'}: ${end}`]
}
