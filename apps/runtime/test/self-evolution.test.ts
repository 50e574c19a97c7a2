import { describe, expect, it } from 'vitest'
import { definitionsTopic } from '../src/engine/definitions/topic.ts'
import type { AgentDefinition } from '../src/ground/config/config.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aCaller } from '../src/tools/testing/a-caller.ts'

const generations = 3
const start = 0.2
const ideal = 0.8
const offsets = [-0.2, 0, 0.2]
const rounded = (n: number) => Math.round(n * 10) / 10

/** Finds out which run it is, and says that and how it is sampled. */
const solver: ScriptedModel = ({ messages, sampling }: ModelRequest) => {
  const [me] = resultsOf(messages.at(-1)!)
  if (!me) return { tool_calls: [{ name: 'Context', input: { op: 'self' } }] }
  return { text: JSON.stringify({ run_id: me.run_id, temperature: sampling?.temperature }) }
}

// biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
type Result = any

function resultsOf({ content }: ModelRequest['messages'][number]): Result[] {
  return content.flatMap((block) => (block.type === 'tool_result' ? [JSON.parse(block.text)] : []))
}

/**
 * Forks the best solver with other sampling, has the forks solve, judges them, and promotes the best of them; all it
 * knows is what its calls have answered.
 */
const breeder: ScriptedModel = ({ messages }) => {
  const answers = messages
    .filter(({ role }) => role === 'user')
    .map(resultsOf)
    .filter((results) => results.length > 0)
  const done = answers.length
  const [forks = [], [spawned] = [], , counted = []] = answers.slice(Math.floor(done / 5) * 5)
  const best = (rows: Result[], of: Result[]) =>
    rows[of.findIndex(({ score }) => score.mean === Math.max(...of.map((one) => one.score.mean)))]
  const lastForks = answers[Math.floor(done / 5) * 5 - 5]
  const lastCounted = answers[Math.floor(done / 5) * 5 - 2]
  if (done === generations * 5) return { text: 'done' }
  const now = lastForks && lastCounted ? best(lastForks, lastCounted).definition.sampling.temperature : start
  switch (done % 5) {
    case 0:
      return calls(
        'AgentDef',
        offsets.map((by) => ({
          op: 'fork',
          name: 'solver',
          overlay: { sampling: { temperature: rounded(now + by) } },
        })),
      )
    case 1: {
      const spawns = forks.map(({ def_id }: Result) => ({ name: 'solver', prompt: 'solve', def_id }))
      return calls('Agent', [{ op: 'parallel_spawn', spawns }])
    }
    case 2: {
      const solved: Result[] = spawned.results.map(({ output }: Result) => JSON.parse(/\{.*\}/.exec(output)![0]))
      return calls(
        'Evaluation',
        solved.map(({ run_id, temperature }) => ({
          op: 'submit',
          run_id,
          score: rounded(1 - Math.abs(temperature - ideal)),
        })),
      )
    }
    case 3:
      return calls(
        'Evaluation',
        forks.map(({ def_id }: Result) => ({ op: 'aggregate', def_id })),
      )
    default:
      return calls('AgentDef', [{ op: 'promote', def_id: best(forks, counted).def_id }])
  }
}

const calls = (name: string, inputs: object[]) => ({ tool_calls: inputs.map((input) => ({ name, input })) })

const agents: Record<string, Partial<AgentDefinition>> = {
  solver: { tools: [], sampling: { temperature: start } },
  breeder: {
    tools: ['AgentDef', 'Agent', 'Evaluation'],
    agentDefScopes: ['named:solver'],
    evaluationScopes: ['submit_descendants', 'read_any'],
    maxIterations: 100,
    maxConcurrentChildren: 1,
  },
}

const operator = aCaller({ scopes: ['substrate:admin'] })
const ask = (runtime: TestRuntime, tool: string, input: object) =>
  runtime.ctx.ops.get(tool)!.dispatch(operator, input) as Promise<Result>

/** Until it is over, whichever process it is in. */
async function finished(runtime: TestRuntime, runId: string) {
  const reader = new Reader(clientOf(runtime).attachInteractiveSession(runId).events())
  await reader.until('text', ({ text }) => text === 'done')
  await reader.until('awaiting_input')
}

async function expectEvolved(runtime: TestRuntime) {
  const { versions } = await ask(runtime, 'AgentDef', { op: 'list', name: 'solver' })
  const temperatures = versions.map((row: Result) => row.definition.sampling?.temperature).reverse()
  expect(temperatures).toEqual([start, 0, 0.2, 0.4, 0.2, 0.4, 0.6, 0.4, 0.6, 0.8])
  const [winner] = versions.filter((row: Result) => row.promoted)
  expect(winner).toMatchObject({ definition: { sampling: { temperature: ideal } }, version: 10 })
  const { ancestors } = await ask(runtime, 'Context', { op: 'lineage', def_id: winner.def_id })
  expect(ancestors.map(({ version }: Result) => version)).toEqual([7, 4, 1])
  expect(
    await ask(runtime, 'Evaluation', { op: 'aggregate', def_id: winner.def_id, include_lineage: true }),
  ).toMatchObject({
    ...{ count: 3, score: { min: 0.6, max: 1, latest: 1 } },
  })
  expect(await runtime.ctx.db.all(`select count(*) as n from runs where agent = 'solver'`, [])).toEqual([{ n: 9 }])
  expect(await runtime.ctx.db.all('select count(*) as n from evaluations', [])).toEqual([{ n: 9 }])
  const run = new Reader(clientOf(runtime).runStreaming({ agent: 'solver', segments: say('go') }))
  await run.toEnd()
  expect(JSON.parse(run.text()).temperature).toBe(ideal)
}

describe('agents that breed agents', () => {
  it('fork, evaluate and promote them, generation by generation', async () => {
    const runtime = await startRuntime({ models: { solver, breeder }, agents })
    const talk = converse(clientOf(runtime), 'breeder', 'go')
    await talk.until('awaiting_input')
    await expectEvolved(runtime)
  })

  it.each([
    ['a fork is stored and nobody has been told', 'AgentDef', [5, 6]],
    ['a promotion is stored and nobody has been told', 'AgentDef', [8]],
    ['a solver is at work', 'solver', [5]],
  ])('lose nothing and do nothing twice when the process is killed while %s', async (_, where, moments) => {
    let solved = 0
    const killed: Promise<void>[] = []
    let runtime: TestRuntime
    const kill = () => killed.push(runtime.crash())
    const solving: ScriptedModel = (request) => {
      if (where === 'solver' && killed.length === 0 && ++solved === moments[0]) {
        kill()
        return { hold: true }
      }
      return solver(request)
    }
    const options = { models: { solver: solving, breeder }, agents }
    runtime = await startRuntime(options)
    let changes = 0
    const watch = () => {
      if (where !== 'AgentDef') return
      runtime.ctx.bus.follow(definitionsTopic('default', 'AgentDef'), () => {
        if (moments.includes(++changes)) kill()
      })
    }
    watch()
    const talk = converse(clientOf(runtime), 'breeder', 'go')
    await talk.until('agent')
    const { runId } = talk.session
    for (let kills = 1; kills <= moments.length; kills++) {
      await expect.poll(() => killed.length, { timeout: 30_000 }).toBe(kills)
      await killed.at(-1)
      runtime = await runtime.restart()
      watch()
    }
    await finished(runtime, runId)
    await expectEvolved(runtime)
  })
})
