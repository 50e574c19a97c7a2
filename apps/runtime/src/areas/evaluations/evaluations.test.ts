import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../../models/providers/provider.ts'
import type { ScriptedModel } from '../../models/providers/scripted/turn.ts'
import { clientOf, Reader, say } from '../../testing/test-client.ts'
import { startRuntime } from '../../testing/test-runtime.ts'

interface Seen {
  name: string
  // biome-ignore lint/suspicious/noExplicitAny: answers are JSON
  value: any
}

/** Plays calls that are made from what came back so far, one a turn. */
function playing(...calls: ((results: Seen[]) => { name: string; input: unknown })[]): ScriptedModel {
  return ({ messages }: ModelRequest) => {
    const results = messages.flatMap(({ content }) =>
      content.flatMap((block) => (block.type === 'tool_result' ? [{ name: block.name, value: read(block.text) }] : [])),
    )
    const call = calls[results.length]
    return call ? { tool_calls: [call(results)] } : { text: JSON.stringify(results.map(({ value }) => value)) }
  }
}

function read(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const judge = (input: object) => ({ name: 'Evaluation', input })
const self = () => ({ name: 'Context', input: { op: 'self' } })
const all = ['submit_self', 'submit_descendants', 'submit_any', 'read_any'] as const

async function run(models: Record<string, ScriptedModel>, scopes: Record<string, readonly string[]>, agent: string) {
  const agents = Object.fromEntries(
    Object.keys(models).map((name) => [name, { evaluationScopes: (scopes[name] ?? []) as never, maxIterations: 99 }]),
  )
  const runtime = await startRuntime({ models, agents })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say('go') }))
  await reader.toEnd()
  return { runtime, answers: JSON.parse(reader.text()) }
}

describe('Evaluation', () => {
  it('is submitted, read, listed and counted; the server says what the judge is to the run', async () => {
    const worker = playing(self)
    const boss = playing(
      () => ({ name: 'Agent', input: { name: 'worker', prompt: 'work' } }),
      self,
      ([, me]) =>
        judge({ op: 'submit', run_id: me!.value.run_id, score: 1, dimensions: { wit: 0.5 }, judgement: 'fine' }),
      ([child]) => judge({ op: 'submit', run_id: /r_[0-9a-f]{16}/.exec(child!.value)![0], score: 0.5 }),
      ([child]) => judge({ op: 'submit', run_id: /r_[0-9a-f]{16}/.exec(child!.value)![0], score: 0.7 }),
      ([, , own]) => judge({ op: 'get', eval_id: own!.value.eval_id }),
      ([child]) => judge({ op: 'list_for_run', run_id: /r_[0-9a-f]{16}/.exec(child!.value)![0] }),
      () => judge({ op: 'list_for_def', def_id: 'boss' }),
      () => judge({ op: 'aggregate', def_id: 'worker', include_lineage: true }),
      () => judge({ op: 'aggregate', def_id: 'boss' }),
      () => judge({ op: 'aggregate', def_id: 'nobody' }),
    )
    const { answers } = await run({ boss, worker }, { boss: all }, 'boss')
    const [, me, own, first, , got, ofChild, ofBoss, worked, bossed, nobody] = answers
    expect(own).toEqual({
      eval_id: expect.stringMatching(/^eval_[0-9a-f]{16}$/),
      run_id: me.run_id,
      def_id: me.agent_def_id,
      emitter_role: 'self',
      score: 1,
      created_at: expect.any(String),
    })
    expect(first).toMatchObject({ emitter_role: 'parent', score: 0.5 })
    expect(got).toMatchObject({
      ...own,
      agent: 'boss',
      dimensions: { wit: 0.5 },
      judgement: 'fine',
      emitter_run_id: me.run_id,
    })
    expect(ofChild.evaluations.map(({ score }: { score: number }) => score).sort()).toEqual([0.5, 0.7])
    expect(ofBoss).toMatchObject({ count: 1, evaluations: [{ eval_id: own.eval_id }] })
    expect(worked).toMatchObject({
      count: 2,
      score: { mean: 0.6, median: 0.6, min: 0.5, max: 0.7, count: 2 },
      by_emitter_role: { parent: { count: 2 } },
      lineage_included: true,
    })
    expect(bossed.dimensions).toEqual({ wit: { mean: 0.5, median: 0.5, min: 0.5, max: 0.5, latest: 0.5, count: 1 } })
    expect(nobody).toEqual({ def_id: 'nobody', count: 0, dimensions: {}, by_emitter_role: {}, lineage_included: false })
  })

  it('is open only as far as the agent was given it', async () => {
    const worker = playing(self)
    const own = ([, me]: Seen[]) => me!.value.run_id as string
    const boss = playing(
      () => ({ name: 'Agent', input: { name: 'worker', prompt: 'work' } }),
      self,
      (seen) => judge({ op: 'submit', run_id: own(seen), score: 1 }),
      ([child]) => judge({ op: 'submit', run_id: /r_[0-9a-f]{16}/.exec(child!.value)![0], score: 0.5 }),
      () => judge({ op: 'submit', run_id: 'r_nobody', score: 0.5 }),
      (seen) => judge({ op: 'list_for_run', run_id: own(seen) }),
      ([child]) => judge({ op: 'list_for_run', run_id: /r_[0-9a-f]{16}/.exec(child!.value)![0] }),
      () => judge({ op: 'aggregate', def_id: 'boss' }),
      () => judge({ op: 'get', eval_id: 'eval_nobody' }),
      (seen) => judge({ op: 'submit', run_id: own(seen), score: 1, rationale: 'x'.repeat(9000) }),
      (seen) => judge({ op: 'submit', run_id: own(seen), score: 'good' }),
    )
    const { answers } = await run({ boss, worker }, { boss: ['submit_self'] }, 'boss')
    const [, , mine, childs, nobody, listed, foreign, counted, got, long, odd] = answers
    expect(mine).toMatchObject({ emitter_role: 'self' })
    expect(childs).toContain('evaluation_scopes with submit_descendants would allow it')
    expect(nobody).toBe('submit: there is no run r_nobody')
    expect(listed).toMatchObject({ count: 1 })
    expect(foreign).toContain('evaluation_scopes with read_any')
    expect(counted).toContain('evaluation_scopes with read_any')
    expect(got).toBe('get: there is no evaluation eval_nobody')
    expect(long).toContain('rationale is 9000 bytes long and may be 8192')
    expect(odd).toContain('score must be a number')
  })
})
