import { describe, expect, it } from 'vitest'
import type { AgentDefinition } from '../../ground/config/config.ts'
import type { RunCaller } from '../../tools/caller.ts'
import { aRunCaller } from '../../tools/testing/a-caller.ts'
import { someDefinitions } from './testing/some-definitions.ts'

let calls = 0
/** Each call is another one. */
function breeder(agentDefScopes: string[], agent: Partial<AgentDefinition> = {}): RunCaller {
  const caller = aRunCaller({
    agent: {
      name: 'breeder',
      tools: ['AgentDef', 'Memory', 'Doc*'],
      memoryScopes: ['agent'],
      agentDefScopes,
      ...agent,
    },
  })
  return { ...caller, run: { ...caller.run, toolUseId: `call_${calls++}` } }
}

const configured = [
  { name: 'breeder', tools: ['AgentDef', 'Memory', 'Doc*'], memoryScopes: ['agent' as const] },
  { name: 'solver', tools: ['Memory'], memoryScopes: [] },
]

describe('an agent', () => {
  it('defines nothing without a setting that says so', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const { def_id } = await agent({ op: 'create', name: 'other' })
    const asked = [
      { op: 'create', name: 'new' },
      { op: 'fork', name: 'breeder' },
      { op: 'get', def_id },
      { op: 'list', name: 'other' },
      { op: 'verify', name: 'other' },
      { op: 'retire', def_id },
      { op: 'promote', def_id },
    ] as const
    for (const input of asked) {
      expect(await refused(agent(input, breeder([])))).toMatch(
        /agent breeder may not define the agent \w+; its setting agent_def_scopes with named:\w+ would allow it/,
      )
    }
  })

  it('that may define itself, its own name', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const row = await agent({ op: 'fork', name: 'breeder', overlay: { model: 'm' } }, breeder(['self']))
    expect(row).toMatchObject({ name: 'breeder', created_by_agent_id: 'a_1' })
    expect(await agent({ op: 'promote', def_id: row.def_id }, breeder(['self']))).toMatchObject({ promoted: true })
    expect(await refused(agent({ op: 'create', name: 'child' }, breeder(['self'])))).toMatch(/may not define/)
    expect(await refused(agent({ op: 'fork', name: 'child', parent_def_id: row.def_id }, breeder(['self'])))).toMatch(
      /may not define the agent child/,
    )
  })

  it('that may define what is named, those names', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const may = () => breeder(['named:solver', 'named:team/*'])
    expect(await agent({ op: 'fork', name: 'solver' }, may())).toMatchObject({ name: 'solver' })
    expect(await agent({ op: 'fork', name: 'team/a', parent_def_id: 'solver' }, may())).toMatchObject({ version: 1 })
    expect(await agent({ op: 'create', name: 'team/b' }, may())).toMatchObject({ version: 1 })
    for (const name of ['solver2', 'team', 'teams/a']) {
      expect(await refused(agent({ op: 'create', name }, may()))).toMatch(/may not define/)
    }
    expect(await refused(agent({ op: 'fork', name: 'team/c', parent_def_id: 'breeder' }, may()))).toMatch(
      /may not define the agent breeder/,
    )
  })

  it('that may define any, whatever there is', async () => {
    const { agent } = await someDefinitions({ agents: configured })
    const { def_id } = await agent({ op: 'create', name: 'other' })
    const any = () => breeder(['any'])
    expect(await agent({ op: 'retire', def_id }, any())).toMatchObject({ retired: true })
    expect(await agent({ op: 'fork', name: 'solver' }, any())).toMatchObject({ version: 2 })
  })

  it('that may define descendants: names nobody uses, and what it or an agent of its name has made or was forked from that', async () => {
    const { agent } = await someDefinitions({ agents: configured })
    const may = () => breeder(['descendants'])
    const child = await agent({ op: 'create', name: 'child' }, may())
    const grandchild = await agent({ op: 'fork', name: 'grandchild', parent_def_id: child.def_id }, may())
    // Somebody else goes on with it.
    const byPerson = await agent({ op: 'fork', name: 'grandchild', parent_def_id: grandchild.def_id })
    for (const { def_id } of [child, grandchild, byPerson]) {
      expect(await agent({ op: 'promote', def_id }, may())).toMatchObject({ promoted: true })
      expect(await agent({ op: 'get', def_id }, may())).toMatchObject({ def_id })
    }
    expect(await agent({ op: 'fork', name: 'twin', parent_def_id: 'breeder' }, may())).toMatchObject({ name: 'twin' })
    const gone = await agent({ op: 'create', name: 'gone' })
    await agent({ op: 'retire', def_id: gone.def_id })
    expect(await agent({ op: 'create', name: 'gone' }, may())).toMatchObject({ version: 2 })
  })

  it('and nothing else: not itself, nobody else’s, nothing that is configured, and no name of another’s', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const may = () => breeder(['descendants'])
    const mine = await agent({ op: 'create', name: 'child' }, may())
    const other = await agent({ op: 'create', name: 'other' })
    const own = await agent({ op: 'fork', name: 'breeder' })
    const asked = [
      { op: 'promote', def_id: own.def_id },
      { op: 'fork', name: 'breeder' },
      { op: 'retire', def_id: other.def_id },
      { op: 'get', def_id: other.def_id },
      { op: 'fork', name: 'child', parent_def_id: other.def_id },
      { op: 'fork', name: 'other', parent_def_id: mine.def_id },
      { op: 'create', name: 'other' },
      { op: 'fork', name: 'solver' },
      { op: 'fork', name: 'child', parent_def_id: 'solver' },
    ] as const
    for (const input of asked)
      expect(await refused(agent(input, may())), JSON.stringify(input)).toMatch(/may not define/)
    // Not even where its own name is free by now.
    const free = await someDefinitions()
    expect(await free.refused(free.agent({ op: 'create', name: 'breeder' }, may()))).toMatch(/may not define/)
    const otherBreeder = breeder(['descendants'], { name: 'another' })
    expect(await refused(agent({ op: 'promote', def_id: mine.def_id }, otherBreeder))).toMatch(/may not define/)
  })

  it('with a setting for skills defines those, and no agents', async () => {
    const { agent, skill, refused } = await someDefinitions()
    const may = () => breeder([], { skillDefScopes: ['named:how-to/*'] })
    const overlay = { body: 'Do it.' }
    expect(await skill({ op: 'create', name: 'how-to/a', overlay }, may())).toMatchObject({
      ...{ def_id: expect.stringMatching(/^sdf_/), created_by_agent_id: 'a_1' },
    })
    expect(await refused(skill({ op: 'create', name: 'b', overlay }, may()))).toMatch(/skill_def_scopes with named:b/)
    expect(await refused(agent({ op: 'create', name: 'how-to/a' }, may()))).toMatch(/agent_def_scopes/)
  })
})

describe('what an agent defines', () => {
  it.each([
    [{ tools: ['Bash'] }, 'tools has Bash, and you have AgentDef, Memory, Doc*'],
    [{ tools: ['*'] }, 'tools has *'],
    [{ memory_scopes: ['user'] }, 'memory_scopes has user, and you have agent'],
    [{ sql_scopes: ['agent'] }, 'sql_scopes has agent, and you have nothing'],
    [{ history_scope: ['tenant'] }, 'history_scope'],
    [{ evaluation_scopes: ['submit_any'] }, 'evaluation_scopes'],
    [{ channels: { publish: ['news/x'] } }, 'channels.publish'],
    [{ channels: { subscribe: ['*'] } }, 'channels.subscribe has "*", which is not a channel'],
    [{ interruption: {} }, 'interruption.kinds has question, and you have nothing'],
    [{ interruption: { enabled: true } }, 'interruption.kinds has question'],
    [{ skills: ['s'] }, 'skills has s'],
    [{ volumes: ['work'] }, 'volumes has work'],
    [{ agent_def_scopes: ['any'] }, 'agent_def_scopes has any'],
    [{ skill_def_scopes: ['named:x'] }, 'skill_def_scopes has named:x'],
    [{ volume_def_scopes: ['any'] }, 'volume_def_scopes'],
    [{ team_def_scopes: ['any'] }, 'team_def_scopes'],
    [{ tree: { max_runs: 0 } }, 'tree.max_runs has 0, and you have the usual'],
    [{ memory_quota_bytes: 1_000_000 }, 'memory_quota_bytes'],
    [{ sql_quota_bytes: 1_000_000 }, 'sql_quota_bytes'],
    [{ tools: ['Document', 'Memory'], memory_scopes: ['agent'], model: 'm', agent_def_scopes: ['named:x'] }, undefined],
  ])('has nothing that it has not: %j', async (overlay, refusal) => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const asked = agent({ op: 'create', name: 'x', overlay }, breeder(['named:x']))
    if (refusal === undefined) expect(await asked).toMatchObject({ version: 1 })
    else expect(await refused(asked)).toContain(refusal)
  })

  it('has no tool that its run was started without', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const caller = breeder(['any'])
    const narrowed = { ...caller, run: { ...caller.run, options: { tools: ['AgentDef'] } } }
    const overlay = { tools: ['Memory'] }
    expect(await refused(agent({ op: 'create', name: 'x', overlay }, narrowed))).toContain('this run has AgentDef')
  })

  it('has in a fork what that was forked from, and no more', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    const overlay = { tools: ['Bash'], memory_scopes: ['user'], tree: { max_runs: 5 } }
    await agent({ op: 'create', name: 'strong', overlay })
    const may = () => breeder(['named:strong'])
    const fork = (more: object) => agent({ op: 'fork', name: 'strong', overlay: more }, may())
    expect((await fork({ tree: { max_runs: 4 } })).definition).toEqual({ ...overlay, tree: { max_runs: 4 } })
    expect(await refused(fork({ memory_scopes: ['agent'] }))).toMatch(
      /memory_scopes has agent, and what it is forked from/,
    )
    expect(await refused(fork({ tree: { max_runs: 6 } }))).toMatch(/tree.max_runs has 6, and .* 5/)
    expect(await refused(fork({ tree: { max_runs: 0 } }))).toMatch(/tree.max_runs has 0/)
  })

  it('runs where what it was forked from may run, and nowhere else', async () => {
    const { agent, refused } = await someDefinitions({ agents: configured })
    await agent({ op: 'create', name: 'local', overlay: { providers: ['ollama', 'vllm'] } })
    const fork = (overlay: object) => agent({ op: 'fork', name: 'local', overlay }, breeder(['named:local']))
    expect((await fork({ model: 'm' })).definition).toEqual({ providers: ['ollama', 'vllm'], model: 'm' })
    expect((await fork({ providers: ['vllm'] })).definition).toEqual({ providers: ['vllm'] })
    expect(await refused(fork({ providers: ['ollama', 'openai'] }))).toMatch(
      /overlay.providers has openai, and what it is forked from has ollama, vllm; name some of those/,
    )
    expect(await refused(fork({ providers: [] }))).toMatch(/overlay.providers has any service/)
  })
})

it('folders of the operator are handed on by forks of agents that were given them, and given by nobody else', async () => {
  const volumes = [{ name: 'work', path: '/w', mode: 'rw' as const, isDefault: false, isDynamicRoot: false }]
  const { agent, refused } = await someDefinitions({ volumes, agents: [{ name: 'filer', volumes: ['work:ro'] }] })
  const fork = (list: string[]) => agent({ op: 'fork', name: 'filer', overlay: { volumes: list } })
  expect(await refused(agent({ op: 'create', name: 'a', overlay: { volumes: ['work'] } }))).toMatch(
    /overlay.volumes has work, which is a folder of the operator/,
  )
  expect(await refused(fork(['work']))).toMatch(/cannot widen: overlay.volumes has work/)
  for (const asked of [['work:rw'], ['work:ro', 'work:rw']]) {
    expect(await refused(fork(asked))).toMatch(/cannot widen: overlay.volumes has work:rw/)
    expect(await refused(agent({ op: 'create', name: 'a', overlay: { volumes: asked } }))).toMatch(/cannot widen/)
  }
  expect(await fork(['work:ro'])).toMatchObject({ version: 2 })
  expect(await agent({ op: 'create', name: 'b', overlay: { volumes: ['made-at-run-time'] } })).toMatchObject({
    version: 1,
  })
})
