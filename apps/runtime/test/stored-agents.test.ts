import type { TeamGraph } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { aDeclared, aDynamicRoot } from '../src/areas/volumes/testing/some-volumes.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { askOp, opOf } from '../src/testing/asking-ops.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aCaller } from '../src/tools/testing/a-caller.ts'

const operator = aCaller({ scopes: ['substrate:admin'] })

/** Says its instructions, and how it is sampled. */
const telling: ScriptedModel = ({ system, sampling, tools }: ModelRequest) => ({
  text: `${system.map(({ text }) => text).join(' ')} ${sampling?.temperature ?? '-'} ${tools.map(({ name }) => name).join()}`,
})

const agentDef = (runtime: TestRuntime, input: object) => opOf(runtime, '/v1/_agentdef', input)

async function ran(runtime: TestRuntime, body: Record<string, unknown>) {
  const response = await fetch(`${runtime.url}/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'go', ...body }),
  })
  const text = await response.text()
  const said = [...text.matchAll(/"type":"text","text":"([^"]*)"/g)].map(([, words]) => words).join('')
  const [, runId] = /"run_id":"(r_\w+)"/.exec(text) ?? []
  return { status: response.status, text, said, runId: runId! }
}

const solver = { provider: 'scripted', model: 'telling', system_prompt: 'Solve.', tools: ['Memory', 'Path'] }

describe('an agent that is defined at run time', () => {
  it('is run like any other, is listed, and is remembered by its version', async () => {
    const runtime = await startRuntime({ models: { telling } })
    const { def_id } = await agentDef(runtime, { op: 'create', name: 'team/solver', overlay: solver })
    const { said, runId } = await ran(runtime, { agent: 'team/solver' })
    expect(said).toBe('Solve. - Memory,Context,Path')
    const [run] = await runtime.ctx.db.all('select agent, agent_def_id from runs where id = ?', [runId])
    expect(run).toEqual({ agent: 'team/solver', agent_def_id: def_id })
    expect(await runtime.ctx.db.all('select * from agent_definitions', [])).toEqual([])
    const { agents } = await clientOf(runtime).runnableAgents()
    expect(agents.find(({ name }) => name === 'team/solver')).toEqual({
      ...{ name: 'team/solver', source: 'tenant', provider: 'scripted', model: 'telling', scripted: true },
    })
  })

  it('takes the place of what is configured, for its tenant, from when it is promoted until it is retired', async () => {
    const runtime = await startRuntime({
      models: { telling },
      agents: { telling: { systemPrompt: 'Static.', tools: [] } },
    })
    const said = async () => (await ran(runtime, { agent: 'telling' })).said
    const fork = { op: 'fork', name: 'telling', overlay: { system_prompt: 'Stored.', sampling: { temperature: 0.3 } } }
    const { def_id } = await agentDef(runtime, fork)
    expect(await said()).toBe('Static. - Context')
    await agentDef(runtime, { op: 'promote', def_id })
    expect(await said()).toBe('Stored. 0.3 Context')
    await agentDef(runtime, { op: 'retire', def_id })
    expect(await said()).toBe('Static. - Context')
  })

  it('is run by a version that somebody chooses, where that is of its name and not retired', async () => {
    const runtime = await startRuntime({ models: { telling } })
    await agentDef(runtime, { op: 'create', name: 'solver', overlay: solver })
    const draft = await agentDef(runtime, {
      op: 'fork',
      name: 'solver',
      overlay: { system_prompt: 'Draft.', tools: [] },
    })
    const chosen = await ran(runtime, { agent: 'solver', def_id: draft.def_id })
    expect(chosen.said).toBe('Draft. - Context')
    expect((await ran(runtime, { agent: 'telling', def_id: draft.def_id })).text).toContain('"telling" has no version')
    await agentDef(runtime, { op: 'retire', def_id: draft.def_id })
    const retired = await ran(runtime, { agent: 'solver', def_id: draft.def_id })
    expect([retired.status, retired.text]).toEqual([400, expect.stringContaining('is retired')])
    const { body } = await askOp(runtime, '/v1/runs:batch', {
      spawns: [{ agent: 'solver', def_id: draft.def_id, segments: say('go') }],
    })
    expect(body.results[0].error).toContain('is retired')
  })

  it('goes on as it was in a run that waits, also in the next process, when another version is active', async () => {
    const runtime = await startRuntime({ models: { telling } })
    await agentDef(runtime, { op: 'create', name: 'solver', overlay: solver })
    const talk = converse(clientOf(runtime), 'solver', 'one')
    await talk.until('awaiting_input')
    await agentDef(runtime, { op: 'fork', name: 'solver', overlay: { system_prompt: 'Other.' }, promote: true })
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    await clientOf(next).sendRunInput(talk.session.runId, 'two')
    await again.until('awaiting_input')
    expect(again.text()).toMatch(/^Solve\..*Solve\./)
    expect((await ran(next, { agent: 'solver' })).said).toMatch(/^Other\./)
  })

  it('is started by another agent, by its name or by a version', async () => {
    const boss: ScriptedModel = ({ messages }) => {
      const results = messages.at(-1)!.content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : []))
      if (results.length > 0) return { text: results.join() }
      const [said] = messages[0]!.content
      const def_id = said?.type === 'text' && said.text !== 'go' ? said.text : undefined
      return { tool_calls: [{ name: 'Agent', input: { name: 'solver', prompt: 'do', ...(def_id && { def_id }) } }] }
    }
    const runtime = await startRuntime({ models: { telling, boss } })
    await agentDef(runtime, { op: 'create', name: 'solver', overlay: solver })
    const draft = await agentDef(runtime, { op: 'fork', name: 'solver', overlay: { system_prompt: 'Draft.' } })
    const foreign = await agentDef(runtime, { op: 'create', name: 'foreign', overlay: solver })
    expect((await ran(runtime, { agent: 'boss' })).said).toContain('Solve. -')
    expect((await ran(runtime, { agent: 'boss', prompt: draft.def_id })).said).toContain('Draft. -')
    expect((await ran(runtime, { agent: 'boss', prompt: foreign.def_id })).said).toContain('no version')
  })

  it('knows its version, its lineage and the others; what was said about its versions is counted by them', async () => {
    const asking = (...inputs: { name: string; input: object }[]): ScriptedModel => {
      return ({ messages }) => {
        const results = messages.flatMap(({ content }) =>
          content.flatMap((b) => (b.type === 'tool_result' ? [b.text] : [])),
        )
        return results.length > 0 ? { text: 'done' } : { tool_calls: inputs }
      }
    }
    const asks = ['self', 'agents'].map((op) => ({ name: 'Context', input: { op } }))
    const runtime = await startRuntime({ models: { telling, asker: asking(...asks) } })
    const asker = { provider: 'scripted', model: 'asker' }
    const first = await agentDef(runtime, { op: 'create', name: 'a', overlay: asker })
    const second = await agentDef(runtime, {
      op: 'fork',
      name: 'a',
      overlay: { description: 'Second.' },
      promote: true,
    })
    const third = await agentDef(runtime, { op: 'fork', name: 'b', parent_def_id: second.def_id })
    const talk = converse(clientOf(runtime), 'a', 'go')
    await talk.until('awaiting_input')
    const results = talk.events.flatMap((event) => (event.type === 'tool_result' ? [JSON.parse(event.text!)] : []))
    expect(results.find((one) => one.agent_name)).toMatchObject({ agent_name: 'a', agent_def_id: second.def_id })
    expect(results.find((one) => one.agents).agents).toContainEqual({
      ...{ name: 'a', provider: 'scripted', model: 'asker', allowed_tools_count: 0, description: 'Second.' },
      active_def_id: second.def_id,
    })

    const context = (input: object) =>
      runtime.ctx.ops.get('Context')!.dispatch(operator, { op: 'lineage', ...input }) as Promise<
        Record<string, unknown>
      >
    expect(await context({ def_id: second.def_id })).toMatchObject({
      root: { def_id: second.def_id, name: 'a', version: 2, parent_def_id: first.def_id, retired: false },
      ancestors: [{ def_id: first.def_id, version: 1 }],
      descendants: [{ def_id: third.def_id, name: 'b' }],
      ...{ depth: 10, truncated: false },
    })
    expect(await context({ def_id: third.def_id, depth: 1 })).toMatchObject({ ancestors: [{}], truncated: true })
    await expect(context({ def_id: 'def_0' })).rejects.toThrow('there is no version def_0 of an agent')

    const evaluation = (input: object) =>
      runtime.ctx.ops.get('Evaluation')!.dispatch(operator, input) as Promise<Record<string, unknown>>
    const { runId } = await ran(runtime, { agent: 'a', def_id: first.def_id })
    for (const [run_id, score] of [
      [runId, 0.2],
      [talk.session.runId, 0.8],
    ] as const) {
      expect(await evaluation({ op: 'submit', run_id, score })).toMatchObject({
        def_id: expect.stringMatching(/^def_/),
      })
    }
    const aggregate = (more: object) => evaluation({ op: 'aggregate', def_id: second.def_id, ...more })
    expect(await aggregate({})).toMatchObject({ count: 1, score: { mean: 0.8 } })
    expect(await aggregate({ include_lineage: true })).toMatchObject({
      count: 2,
      score: { mean: 0.5 },
      lineage_included: true,
    })
    expect(await evaluation({ op: 'aggregate', def_id: first.def_id, include_lineage: true })).toMatchObject({
      count: 1,
    })
    expect(await evaluation({ op: 'aggregate', def_id: 'a' })).toMatchObject({ count: 2 })
  })
})

describe('the library', () => {
  it('shows what is configured and what was defined, together, and the names of what was defined', async () => {
    const runtime = await startRuntime({ models: { telling } })
    const { def_id } = await agentDef(runtime, { op: 'create', name: 'solver', overlay: solver })
    const over = await agentDef(runtime, {
      op: 'fork',
      name: 'telling',
      overlay: { system_prompt: 'Mine.' },
      promote: true,
    })
    await agentDef(runtime, { op: 'retire', def_id: over.def_id })
    const { entries } = await clientOf(runtime).listLibraryAgents()
    const entry = (name: string) => entries.find((one) => one.name === name)
    expect(entry('solver')).toEqual({
      ...{ name: 'solver', source: 'dynamic-only', in_static: false, in_substrate: true, version_count: 1 },
      ...{ active_def_id: def_id, latest_version: 1, last_updated: expect.any(String), live_version_count: 1 },
      active_definition: solver,
      lacks: [
        {
          ...{ kind: 'gate', name: 'Memory' },
          why: 'It lists the tool Memory but has neither memory_scopes nor sql_scopes, so every call is refused.',
        },
      ],
    })
    expect(entry('telling')).toMatchObject({
      ...{ source: 'both', in_static: true, in_substrate: true, version_count: 2, active_retired: true },
      static_definition: { model: 'telling' },
    })
    expect(entry('telling')).not.toHaveProperty('active_definition')
    expect(entry('demo')).toMatchObject({ source: 'static-only', version_count: 0 })

    const names = async (query = '') => (await fetch(`${runtime.url}/v1/_agentdef/names${query}`)).json()
    expect(await names()).toEqual({
      names: [
        {
          ...{ name: 'solver', tenant_id: 'default', version_count: 1, active_def_id: def_id, latest_version: 1 },
          ...{ last_updated: expect.any(String), live_version_count: 1 },
        },
        {
          ...{ name: 'telling', tenant_id: 'default', version_count: 2, active_def_id: over.def_id, latest_version: 2 },
          ...{ last_updated: expect.any(String), live_version_count: 1, active_retired: true },
        },
      ],
    })
    const { names: page, next_cursor } = await names('?limit=1')
    expect(page).toHaveLength(1)
    expect((await names(`?limit=1&cursor=${next_cursor}`)).names[0].name).toBe('telling')
    expect((await names('?prefix=so')).names.map(({ name }: { name: string }) => name)).toEqual(['solver'])
    expect((await names('?tenant=other')).names).toEqual([])
  })

  it('says what an agent lacks to work, in sentences, and nothing of one that lacks nothing', async () => {
    const agents = {
      telling: {},
      lacking: { provider: 'openai', tools: ['Memory', 'Fly', 'Interruption'], skills: ['doc/*', 'dance'] },
      filing: { model: 'mumbling', volumes: ['house:ro', 'shelf', 'lost', 'lost:ro'] },
    }
    const runtime = await startRuntime({
      models: { telling },
      agents,
      config: { volumes: [aDeclared({ name: 'house' }), aDynamicRoot()] },
    })
    await opOf(runtime, '/v1/_volumedef', { op: 'create', name: 'shelf' })
    const { entries } = await clientOf(runtime).listLibraryAgents()
    const lacks = (name: string) => entries.find((one) => one.name === name)?.lacks
    expect(lacks('telling')).toBeUndefined()
    expect(lacks('lacking')?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      ...['provider openai', 'tool Fly', 'skill dance', 'gate Interruption'],
    ])
    expect(lacks('filing')?.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['model mumbling', 'volume lost'])
    expect(lacks('filing')![0]!.why).toBe(
      'It runs on the model mumbling, which scripted does not have; it has telling.',
    )
    expect(lacks('lacking')![0]!.why).toMatch(/^It runs on openai, which is not set up; set OPENAI_API_KEY/)
  })

  it('shows skills in the same way', async () => {
    const runtime = await startRuntime()
    await opOf(runtime, '/v1/_skilldef', { op: 'create', name: 's', overlay: { body: 'Do it.' } })
    const { entries } = await clientOf(runtime).listLibrarySkills()
    expect(entries.find(({ name }) => name === 's')).toMatchObject({
      source: 'dynamic-only',
      active_definition: { body: 'Do it.' },
    })
    const { names } = await (await fetch(`${runtime.url}/v1/_skilldef/names`)).json()
    expect(names).toMatchObject([{ name: 's', version_count: 1 }])
  })

  it('shows teams, and who of them is not there or cannot work', async () => {
    const agents = { writer: {}, critic: { provider: 'openai' } }
    const runtime = await startRuntime({ models: { writer: telling }, agents })
    const client = clientOf(runtime)
    const agent = (name: string) => ({ kind: 'agent' as const, agent: name })
    const graph: TeamGraph = {
      entry: 'draft',
      states: [
        { state: 'draft', handler: agent('writer') },
        { state: 'check', handler: { kind: 'parallel', agents: ['critic', 'nobody'] } },
        { state: 'polish', handler: agent('nobody') },
        { state: 'done', handler: { kind: 'terminal' } },
      ],
      transitions: [
        { from: 'draft', to: 'check', on: 'success' },
        { from: 'check', to: 'polish', on: 'success' },
        { from: 'polish', to: 'done', on: 'success' },
      ],
    }
    const { def_id } = await client.createTeam('posts', graph)
    const { entries } = await client.listLibraryTeams()
    expect(entries).toEqual([
      {
        ...{ name: 'posts', source: 'dynamic-only', in_static: false, in_substrate: true, version_count: 1 },
        ...{ active_def_id: def_id, latest_version: 1, last_updated: expect.any(String), live_version_count: 1 },
        active_definition: graph,
        lacks: [
          {
            ...{ kind: 'agent', name: 'critic' },
            why: expect.stringMatching(/^critic is to work in check and lacks something\. It runs on openai, which/),
          },
          {
            kind: 'agent',
            name: 'nobody',
            why: 'nobody is to work in check, polish, and there is no agent of that name.',
          },
        ],
      },
    ])
    await client.teamDef({ op: 'retire', def_id })
    const [retired] = (await client.listLibraryTeams()).entries
    expect(retired).toMatchObject({ name: 'posts', active_retired: true })
    expect(retired).not.toHaveProperty('lacks')
  })
})

it('a fork takes a text away by null, through whichever door', async () => {
  const overlay = { description: null, system_prompt: null }
  const breeder: ScriptedModel = ({ messages }) => {
    const [result] = messages.at(-1)!.content.flatMap((block) => (block.type === 'tool_result' ? [block] : []))
    if (result) return { text: 'done' }
    return { tool_calls: [{ name: 'AgentDef', input: { op: 'fork', name: 'wordy', overlay } }] }
  }
  const agents = {
    breeder: { agentDefScopes: ['any'] },
    wordy: { description: 'Says much.', systemPrompt: 'Say much.', tools: ['Memory'] },
  }
  const runtime = await startRuntime({ models: { breeder }, agents })
  const asked = await agentDef(runtime, { op: 'fork', name: 'wordy', overlay })
  expect([asked.definition.description, asked.definition.system_prompt]).toEqual([undefined, undefined])
  const client = clientOf(runtime)
  const { content_sha256 } = await client.agentDef<'fork'>({ op: 'fork', name: 'wordy', overlay })
  expect(content_sha256).toBe(asked.content_sha256)
  expect((await ran(runtime, { agent: 'breeder' })).status).toBe(200)
  const { versions } = await client.agentDef<'list'>({ op: 'list', name: 'wordy' })
  expect(versions.map((row) => row.content_sha256 === content_sha256)).toEqual([true, true, true, false])
})

it('a version is made once, however often the request is made, and whatever dies in between', async () => {
  let forked = false
  const breeder: ScriptedModel = ({ messages }) => {
    const results = messages.flatMap(({ content }) => content.flatMap((b) => (b.type === 'tool_result' ? [b] : [])))
    if (results.length > 0) return { text: results[0]!.text }
    forked = true
    return { tool_calls: [{ name: 'AgentDef', input: { op: 'fork', name: 'child', parent_def_id: 'breeder' } }] }
  }
  const agents = { breeder: { agentDefScopes: ['descendants'] } }
  const runtime = await startRuntime({ models: { breeder }, agents })
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' }
  const body = JSON.stringify({ op: 'fork', name: 'telling', parent_def_id: 'breeder' })
  const twice = [0, 1].map(() => fetch(`${runtime.url}/v1/_agentdef`, { method: 'POST', headers, body }))
  const [one, two] = await Promise.all(twice.map(async (answer) => (await answer).json()))
  expect(two).toEqual(one)
  const talk = converse(clientOf(runtime), 'breeder', 'go')
  await talk.until('awaiting_input')
  expect(forked).toBe(true)
  const made = `select name, version from definitions where bootstrapped = 0 order by name`
  expect(await runtime.ctx.db.all(made, [])).toEqual([
    { name: 'child', version: 1 },
    { name: 'telling', version: 1 },
  ])
})
