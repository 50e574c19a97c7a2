import { describe, expect, it } from 'vitest'
import { definitionsTopic } from '../../engine/definitions/topic.ts'
import { addVersion } from '../../engine/definitions/versions.ts'
import { aCaller } from '../../tools/testing/a-caller.ts'
import { someDefinitions, tenantAdmin } from './testing/some-definitions.ts'

const elsewhere = aCaller({ ...tenantAdmin, tenantId: 'other' })
const configured = { name: 'helper', systemPrompt: 'Help.', tools: ['Memory', 'Channel'], model: 'm' }

describe('a definition that is created', () => {
  it('is the first version of its name, whole and active', async () => {
    const { agent } = await someDefinitions()
    const overlay = { system_prompt: 'Solve.', tools: ['Memory'], sampling: { temperature: 0.5 }, unknown_key: 1 }
    const row = await agent({ op: 'create', name: 'team/solver', overlay, description: 'A start.' })
    expect(row).toEqual({
      def_id: expect.stringMatching(/^def_[0-9a-f]{16}$/),
      name: 'team/solver',
      version: 1,
      description: 'A start.',
      created_at: '1970-01-01T00:00:01.000Z',
      created_by_agent_id: 'a_http-admin',
      retired: false,
      bootstrapped_from_static: false,
      content_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      definition: { system_prompt: 'Solve.', tools: ['Memory'], sampling: { temperature: 0.5 } },
      promoted: true,
    })
    const { promoted, ...same } = row
    expect(await agent({ op: 'get', def_id: row.def_id })).toEqual({ ...same, promoted })
  })

  it('that says what the active one says is that one; otherwise, or not to be active, it is another version', async () => {
    const { agent } = await someDefinitions()
    const create = (more: object) => agent({ op: 'create', name: 'a', ...more })
    const first = await create({ overlay: { model: 'm', tools: [] } })
    expect(await create({ overlay: { allowed_tools: [], model: 'm' } })).toMatchObject({
      ...{ def_id: first.def_id, version: 1, deduplicated: true, promoted: true },
    })
    const draft = await create({ overlay: { model: 'n' }, promote: false })
    expect(draft).toMatchObject({ version: 2, promoted: false })
    expect(await agent({ op: 'verify', name: 'a' })).toMatchObject({ current_def_id: first.def_id })
  })

  it('cannot be one that is configured, nor without a proper name', async () => {
    const { agent, skill, refused } = await someDefinitions({ agents: [configured] })
    expect(await refused(agent({ op: 'create', name: 'helper' }))).toBe(
      'create: the agent helper is configured by the operator and cannot be created; use fork',
    )
    for (const name of ['../up', 'a//b', '', 'a.b', 'x'.repeat(129), 'a b']) {
      expect(await refused(agent({ op: 'create', name }))).toMatch(/^create: name .* is not a name; use letters/)
    }
    expect(await refused(skill({ op: 'create', name: 's', overlay: { description: 'x' } }))).toContain(
      'overlay.body is missing',
    )
  })

  it('is called as what is configured under its name is, and goes on being called so', async () => {
    const names = ['team.lead', 'Bücherwurm', 'a:b']
    const skills = names.map((name) => ({ name, source: 'file' as const, body: 'b' }))
    const { agent, skill, deps, refused } = await someDefinitions({ agents: names.map((name) => ({ name })), skills })
    for (const name of names) {
      const { def_id } = await agent({ op: 'fork', name, overlay: { model: 'm' }, promote: true })
      await skill({ op: 'fork', name, overlay: { body: 'c' }, promote: true })
      expect(await agent({ op: 'fork', name, overlay: { model: 'n' } })).toMatchObject({ parent_def_id: def_id })
      expect(await refused(agent({ op: 'fork', name: `${name}.2`, parent_def_id: def_id }))).toMatch(/is not a name/)
    }
    const before = {
      tenantId: 'default',
      family: 'AgentDef' as const,
      name: 'gone.one',
      definition: {},
      description: '',
    }
    const author = { createdBy: '', agentId: 'a_http-admin', runId: null }
    await deps.db.transaction((tx) => addVersion(tx, { ...before, author, parentId: null, promote: true, now: 1 }))
    expect(await agent({ op: 'fork', name: 'gone.one', overlay: { model: 'n' } })).toMatchObject({ version: 2 })
    expect(await agent({ op: 'create', name: 'gone.one', overlay: { model: 'o' } })).toMatchObject({ version: 3 })
  })

  it('has no name that is given out for one conversation', async () => {
    const { agent, skill, refused } = await someDefinitions()
    const { def_id } = await agent({ op: 'create', name: 'derived' })
    for (const asked of [{ op: 'create' as const }, { op: 'fork' as const, parent_def_id: def_id }]) {
      expect(await refused(agent({ ...asked, name: 'derived/x' }))).toMatch(
        /names that begin with derived\/ are given out by the runtime/,
      )
    }
    expect(await skill({ op: 'create', name: 'derived/x', overlay: { body: 'b' } })).toMatchObject({ version: 1 })
  })

  it.each([
    [{ sampling: { temperature: 3 } }, 'create: overlay.sampling.temperature must be at most 2'],
    [{ effort: 'much' }, 'create: overlay.effort must be one of minimal, low, medium, high'],
    [{ tools: 'Memory' }, 'create: overlay.tools must be a list'],
    [{ memory_scopes: ['world'] }, 'create: overlay.memory_scopes.0 must be one of agent, user, tenant'],
    [{ retry_attempts: 6 }, 'create: overlay.retry_attempts must be at most 5'],
    [{ channels: { publish: ['a//b'] } }, 'create: overlay.channels.publish has "a//b", which is not a channel'],
    [{ agent_def_scopes: ['all'] }, 'create: overlay.agent_def_scopes has "all"; each is self, descendants, any or'],
    [{ code_body: 'x' }, 'create: overlay.code_body cannot be used: no agents that are code are run here'],
    [{ provider: 'code-js' }, 'create: overlay.code_body is missing'],
    [{ provider: 'unknown' }, 'create: overlay.provider names the provider "unknown", which is not known'],
  ])('is refused with where it is wrong and what is expected: %j', async (overlay, message) => {
    const { agent, deps, refused } = await someDefinitions()
    expect(await refused(agent({ op: 'create', name: 'a', overlay }))).toContain(message)
    expect(await deps.db.all('select * from definitions', [])).toEqual([])
  })

  it('is bounded in length and in number', async () => {
    const { agent, skill, refused } = await someDefinitions({
      limits: { perTenant: 2, agentBytes: 100, descriptionBytes: 10, skillBodyBytes: 10, skillDescriptionBytes: 5 },
    })
    const create = (more: object) => refused(agent({ op: 'create', name: 'a', ...more }))
    expect(await create({ overlay: { system_prompt: 'é'.repeat(60) } })).toMatch(/is 140 bytes long and may be 100/)
    expect(await create({ description: '12345678901' })).toMatch(/description is 11 bytes long and may be 10/)
    const skillWith = (overlay: object) => refused(skill({ op: 'create', name: 's', overlay }))
    expect(await skillWith({ body: '12345678901' })).toMatch(/overlay.body is 11 bytes long and may be 10/)
    expect(await skillWith({ body: 'b', description: '123456' })).toMatch(/overlay.description is 6 bytes long/)
    await agent({ op: 'create', name: 'a' })
    await skill({ op: 'create', name: 'b', overlay: { body: 'b' } })
    expect(await create({ overlay: { model: 'n' } })).toMatch(/there are 2 versions of definitions/)
    expect(await refused(agent({ op: 'fork', name: 'a' }))).toMatch(/LOOMCYCLE_DEFINITIONS_MAX_PER_TENANT/)
  })
})

describe('a fork', () => {
  it('lays what is said over its parent, and is not active unless that is said', async () => {
    const { agent } = await someDefinitions()
    const overlay = { model: 'm', tools: ['A', 'B'], sampling: { temperature: 0.1, top_p: 0.5 }, retry_attempts: 0 }
    const parent = await agent({ op: 'create', name: 'a', overlay })
    const child = await agent({ op: 'fork', name: 'a', overlay: { sampling: { temperature: 0 }, tools: ['A'] } })
    expect(child).toMatchObject({ version: 2, parent_def_id: parent.def_id, promoted: false })
    expect(child.definition).toEqual({
      ...{ model: 'm', tools: ['A'], sampling: { temperature: 0, top_p: 0.5 }, retry_attempts: 0 },
    })
    expect(await agent({ op: 'fork', name: 'b', parent_def_id: child.def_id, promote: true })).toMatchObject({
      ...{ name: 'b', version: 1, parent_def_id: child.def_id, promoted: true, definition: child.definition },
    })
  })

  it.each([
    ['a tier in place of a model', { provider: 'p', model: 'm' }, { tier: 'low' }, { tier: 'low' }],
    ['a model in place of a tier', { tier: 'low' }, { model: 'm' }, { model: 'm' }],
    ['a scalar that says nothing', { model: 'm' }, { model: '' }, { model: 'm' }],
    [
      'a text that is null',
      { description: 'd', system_prompt: 's', provider: 'p', model: 'm', effort: 'low', max_tokens: 9 },
      {
        description: null,
        system_prompt: null,
        provider: null,
        model: null,
        effort: null,
        max_tokens: null,
      },
      { max_tokens: 9 },
    ],
    ['a tier that is null', { tier: 'low', max_tokens: 9 }, { tier: null }, { max_tokens: 9 }],
    ['a list that is empty', { skills: ['s'] }, { skills: [] }, {}],
    ['a list that is null', { skills: ['s'] }, { skills: null }, { skills: ['s'] }],
    [
      'a switch that is turned off',
      { unbounded_iterations: true },
      { unbounded_iterations: false },
      { unbounded_iterations: true },
    ],
    [
      'a member of sampling',
      { sampling: { seed: 1 } },
      { sampling: { top_k: 2 } },
      { sampling: { seed: 1, top_k: 2 } },
    ],
    [
      'channels',
      { channels: { publish: ['a'] } },
      { channels: { subscribe: ['b'] } },
      { channels: { subscribe: ['b'] } },
    ],
    [
      'whom it asks',
      { interruption: { enabled: true, max_pending: 3 } },
      { interruption: { max_pending: 2 } },
      { interruption: { enabled: true, max_pending: 2 } },
    ],
    [
      'that it asks',
      { interruption: { enabled: true } },
      { interruption: { enabled: false } },
      { interruption: { enabled: false } },
    ],
    [
      'a budget',
      { tree: { max_runs: 5, max_tokens: 9 } },
      { tree: { max_runs: 0 } },
      { tree: { max_runs: 0, max_tokens: 9 } },
    ],
    ['an older name', { tools: ['A', 'B'] }, { allowed_tools: ['B'] }, { tools: ['B'] }],
    [
      'what has no effect here',
      { tier: 'low' },
      { memory_protocol: { x: 1 } },
      { tier: 'low', memory_protocol: { x: 1 } },
    ],
  ])('merges %s', async (_, below, said, merged) => {
    const { agent } = await someDefinitions()
    await agent({ op: 'create', name: 'a', overlay: below })
    expect((await agent({ op: 'fork', name: 'a', overlay: said })).definition).toEqual(merged)
  })

  it('without a text says the same as one that never had it', async () => {
    const { agent, skill } = await someDefinitions({
      agents: [{ name: 'helper', description: 'Helps.', systemPrompt: 'Help.', tools: ['A'] }],
      skills: [{ name: 'how', source: 'file', description: 'Of use.', body: 'So.' }],
    })
    const whole = await agent({ op: 'fork', name: 'helper' })
    const { description, system_prompt, ...rest } = whole.definition
    expect([description, system_prompt]).toEqual(['Helps.', 'Help.'])
    const wordless = await agent({ op: 'create', name: 'other', overlay: rest })
    const forked = await agent({ op: 'fork', name: 'helper', overlay: { description: null, system_prompt: null } })
    expect(forked).toMatchObject({ definition: rest, content_sha256: wordless.content_sha256 })
    const how = await skill({ op: 'create', name: 'other', overlay: { body: 'So.' } })
    expect(await skill({ op: 'fork', name: 'how', overlay: { description: null } })).toMatchObject({
      ...{ definition: { body: 'So.' }, content_sha256: how.content_sha256 },
    })
    expect((await skill({ op: 'fork', name: 'how', overlay: { body: null } })).definition.body).toBe('So.')
  })

  it('of what is configured begins with a copy of that, which is made once', async () => {
    const { agent, refused } = await someDefinitions({ agents: [configured] })
    const child = await agent({ op: 'fork', name: 'helper', overlay: { system_prompt: 'Help more.' } })
    expect(child).toMatchObject({ version: 2, promoted: false })
    const copy = await agent({ op: 'get', def_id: child.parent_def_id })
    expect(copy).toMatchObject({ version: 1, bootstrapped_from_static: true, promoted: false })
    expect(copy.definition).toMatchObject({ system_prompt: 'Help.', tools: ['Memory', 'Channel'], model: 'm' })
    expect(await agent({ op: 'fork', name: 'helper' })).toMatchObject({ version: 3, parent_def_id: copy.def_id })
    // Under another name as well, by the name of what is in use.
    expect(await agent({ op: 'fork', name: 'mine', parent_def_id: 'helper' })).toMatchObject({
      ...{ name: 'mine', version: 1, parent_def_id: copy.def_id },
    })
    const foreign = await agent({ op: 'create', name: 'foreign' })
    expect(await refused(agent({ op: 'fork', name: 'helper', parent_def_id: foreign.def_id, promote: true }))).toMatch(
      /the agent helper is configured by the operator; fork it from one of its own versions/,
    )
  })

  it('can take tools away and never add any, not even over generations', async () => {
    const { agent, refused } = await someDefinitions()
    await agent({ op: 'create', name: 'a', overlay: { tools: ['Memory', 'Doc*'] } })
    expect(await refused(agent({ op: 'fork', name: 'a', overlay: { tools: ['Bash'] } }))).toBe(
      'fork: cannot widen: overlay.tools has Bash, and what it is forked from has Memory, Doc*; leave it out',
    )
    expect(await refused(agent({ op: 'fork', name: 'a', overlay: { tools: ['D*'] } }))).toMatch(/cannot widen/)
    const less = await agent({ op: 'fork', name: 'a', overlay: { tools: ['Document'] } })
    const again = { op: 'fork', name: 'a', parent_def_id: less.def_id } as const
    expect(await refused(agent({ ...again, overlay: { tools: ['Memory'] } }))).toMatch(/cannot widen/)
    // What else an agent may do is for the people of its tenant to say.
    expect(await agent({ ...again, overlay: { memory_scopes: ['user'] } })).toMatchObject({ version: 3 })
  })

  it('has a parent that is there and its tenant’s', async () => {
    const { agent, refused } = await someDefinitions()
    const { def_id } = await agent({ op: 'create', name: 'a' })
    expect(await refused(agent({ op: 'fork', name: 'nobody' }))).toMatch(/no agent nobody is in use; name the version/)
    for (const parent_def_id of [def_id, 'def_0']) {
      expect(await refused(agent({ op: 'fork', name: 'a', parent_def_id }, elsewhere))).toBe(
        `fork: there is no version ${parent_def_id}, and no agent of that name is in use`,
      )
    }
  })
})

describe('of the versions of a name', () => {
  it('the newest are listed first, page by page', async () => {
    const { agent } = await someDefinitions()
    const first = await agent({ op: 'create', name: 'a' })
    for (const model of ['m', 'n', 'o']) await agent({ op: 'fork', name: 'a', overlay: { model } })
    const page = await agent({ op: 'list', name: 'a', limit: 3 })
    expect(page.versions.map((row: { version: number }) => row.version)).toEqual([4, 3, 2])
    const rest = await agent({ op: 'list', name: 'a', limit: 3, cursor: page.next_cursor })
    expect(rest).toEqual({ name: 'a', versions: [first] })
    expect(await agent({ op: 'list', name: 'a' }, elsewhere)).toEqual({ name: 'a', versions: [] })
  })

  it('one is chosen, and is used until it is retired, when it cannot be chosen', async () => {
    const { agent, refused } = await someDefinitions({ agents: [configured] })
    const current = async () => (await agent({ op: 'verify', name: 'helper' })).current_def_id
    const { def_id } = await agent({ op: 'fork', name: 'helper', overlay: { system_prompt: 'Other.' } })
    expect(await current()).toBe('')
    expect(await agent({ op: 'promote', def_id })).toEqual({ def_id, name: 'helper', promoted: true })
    expect(await current()).toBe(def_id)
    expect(await agent({ op: 'retire', def_id })).toEqual({ def_id, retired: true })
    expect(await current()).toBe('')
    expect(await refused(agent({ op: 'promote', def_id }))).toMatch(/version 2 of helper is retired; take it back/)
    await agent({ op: 'retire', def_id, retired: false })
    expect(await current()).toBe(def_id)
  })

  it('none is anybody else’s', async () => {
    const { agent, refused } = await someDefinitions()
    const { def_id } = await agent({ op: 'create', name: 'a' })
    for (const op of ['get', 'retire', 'promote'] as const) {
      expect(await refused(agent({ op, def_id }, elsewhere))).toBe(`${op}: there is no version ${def_id} of an agent`)
    }
    expect(await agent({ op: 'verify', name: 'a' }, elsewhere)).toMatchObject({ deployed: false })
    expect(await agent({ op: 'create', name: 'a' }, elsewhere)).toMatchObject({ version: 1 })
  })

  it('all are retired and the name is free again', async () => {
    const { agent } = await someDefinitions()
    const overlay = { model: 'm' }
    const { def_id } = await agent({ op: 'create', name: 'a', overlay })
    await agent({ op: 'retire', def_id })
    const again = await agent({ op: 'create', name: 'a', overlay })
    expect(again).toMatchObject({ version: 2, promoted: true })
    expect(again.deduplicated).toBeUndefined()
  })
})

it('what is in use is verified by its hash, also where it is what is configured', async () => {
  const { agent } = await someDefinitions({ agents: [configured] })
  const verify = (name: string, content_sha256?: string) => agent({ op: 'verify', name, content_sha256 })
  expect(await verify('nobody', 'x')).toEqual({
    ...{ matches: false, current_sha256: '', current_def_id: '', version: 0, name: 'nobody', deployed: false },
  })
  const { current_sha256 } = await verify('helper')
  expect(await verify('helper', current_sha256.toUpperCase())).toMatchObject({ matches: true, deployed: true })
  const row = await agent({ op: 'fork', name: 'helper', overlay: { model: 'n' }, promote: true })
  expect(await verify('helper', row.content_sha256)).toEqual({
    ...{ matches: true, current_sha256: row.content_sha256, current_def_id: row.def_id },
    ...{ version: 2, name: 'helper', deployed: true },
  })
  expect(await verify('helper', current_sha256)).toMatchObject({ matches: false })
})

it('whoever follows a family is told of every change, once it can be read', async () => {
  const { agent, bus, deps } = await someDefinitions()
  const seen: Promise<unknown[]>[] = []
  bus.follow(definitionsTopic('default', 'AgentDef'), () => {
    seen.push(deps.db.all('select id from definitions', []))
  })
  await agent({ op: 'create', name: 'a' })
  await agent({ op: 'fork', name: 'a' })
  expect((await Promise.all(seen)).map((rows) => rows.length)).toEqual([1, 2])
})
