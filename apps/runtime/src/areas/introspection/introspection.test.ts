import { describe, expect, it } from 'vitest'
import { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import type { ScriptedModel } from '../../models/providers/scripted/turn.ts'
import { clientOf, Reader, say } from '../../testing/test-client.ts'
import { startRuntime } from '../../testing/test-runtime.ts'
import { toolsFor } from '../../tools/policy.ts'
import { anAgent, aToolCaller, type SomeRun } from '../../tools/testing/a-caller.ts'
import { callTool } from '../../tools/testing/call-tool.ts'
import { aChannel, someChannels } from '../channels/testing/some-channels.ts'
import { ownTools } from './testing/own-tools.ts'

describe('Context', () => {
  it('knows itself, and how full its context is once that is known', async () => {
    expect(await ask({ op: 'self' })).toEqual({
      agent_name: 'writer',
      agent_id: 'a_1',
      user_id: 'ada',
      run_id: 'r_1',
      session_id: 's_1',
      provider: 'scripted',
      model: 'demo',
    })
    expect(await ask({ op: 'self' }, { contextTokens: { used: 125, max: 1000 } })).toMatchObject({
      context: { used_tokens: 125, max_tokens: 1000, used_pct: 12.5 },
    })
    expect((await ask({ op: 'self' }, { contextTokens: { used: 125 } })).context).toEqual({ used_tokens: 125 })
  })

  it('lists the tools of this run and no others', async () => {
    const answer = await ask({ op: 'tools' })
    expect(answer).toMatchObject({
      count: 2,
      tools: [{ name: 'Memory', side_effect_class: 'state' }, { name: 'Context' }],
    })
    expect(await ask({ op: 'tools' }, { agent: { tools: [] } })).toMatchObject({
      count: 1,
      tools: [{ name: 'Context' }],
    })
  })

  it('describes a tool of this run with its input', async () => {
    expect(await ask({ op: 'doc', name: 'Memory' })).toMatchObject({
      name: 'Memory',
      side_effect_class: 'state',
      input_schema: { type: 'object', required: ['op', 'scope'] },
    })
    await expect(ask({ op: 'doc', name: 'Memory' }, { agent: { tools: [] } })).rejects.toThrow(
      'doc: this run has no tool "Memory"; it has Context',
    )
  })

  it('says what the run may do', async () => {
    const stores = await someStores()
    const plain = { agent: { memoryScopes: ['user' as const], memoryQuotaBytes: 7 } }
    expect(await ask({ op: 'permissions' }, plain, stores)).toEqual({
      tools: ['Memory', 'Context'],
      allowed_tools: ['Memory', 'Context'],
      host_policy: { has_list: false, allowed_hosts: [] },
      memory: { allowed_scopes: ['user'], quota_bytes: 7 },
      sql: { allowed_scopes: [], quota_bytes: 99 },
      channels: { publish: [], subscribe: [] },
      interruption: { enabled: false, max_pending: 3 },
      agent_def_scopes: [],
      skill_def_scopes: [],
      skills: [],
      volumes: [],
      volume_def_scopes: [],
      evaluation_scopes: [],
      history_scope: [],
    })
    const given = {
      sqlScopes: ['run' as const],
      sqlQuotaBytes: 5,
      channels: { publish: ['a'], subscribe: ['b/*'] },
      interruption: { enabled: true, maxPending: 1 },
      evaluationScopes: ['read_any' as const],
      historyScope: ['self' as const],
      volumeDefScopes: ['named:x'],
    }
    const declared = { path: '/srv', mode: 'rw' as const, isDefault: true }
    const options = { volumes: { granted: [{ name: 'work', declared }], readOnly: ['work'] } }
    expect(await ask({ op: 'permissions' }, { agent: given, options }, stores)).toMatchObject({
      memory: { quota_bytes: 4096 },
      sql: { allowed_scopes: ['run'], quota_bytes: 5 },
      channels: { publish: ['a'], subscribe: ['b/*'] },
      interruption: { enabled: true, max_pending: 1 },
      evaluation_scopes: ['read_any'],
      history_scope: ['self'],
      volumes: [{ name: 'work', mode: 'ro', default: true }],
      volume_def_scopes: ['named:x'],
    })
  })

  it('lists the channels the run may use, and its wildcards', async () => {
    const channels = { publish: ['work', '_system/*'], subscribe: ['team/a', '_system/runtime-state', 'none/*'] }
    const common = { semantic: 'queue' }
    const stores = await someStores([
      aChannel('work', { maxMessages: 5 }),
      aChannel('team/*', { defaultTtl: 60, scope: 'user' }),
      aChannel('secret'),
    ])
    expect(await ask({ op: 'channels' }, { agent: { channels } }, stores)).toMatchObject({
      channels: [
        { ...common, name: 'work', scope: 'global', max_messages: 5, publish: true, subscribe: false },
        { ...common, name: 'team/*', scope: 'user', default_ttl: 60, publish: false, subscribe: true },
        { name: '_system/runtime-state', semantic: 'topic', publisher: 'system', publish: false, subscribe: true },
      ],
      count: 3,
      publish_wildcards: ['_system/*'],
      subscribe_wildcards: ['none/*'],
    })
    expect(await ask({ op: 'channels' }, {}, stores)).toEqual({
      channels: [],
      count: 0,
      publish_wildcards: [],
      subscribe_wildcards: [],
    })
  })

  it('counts evaluations for those who may read them', async () => {
    const input = { op: 'evaluations', def_id: 'writer' }
    await expect(ask(input)).rejects.toThrow('evaluations: agent writer may read only')
    expect(await ask(input, { agent: { evaluationScopes: ['read_any'] } }, await someStores())).toEqual({
      def_id: 'writer',
      count: 0,
      dimensions: {},
      by_emitter_role: {},
      lineage_included: false,
    })
  })

  it('looks back at runs within its history scope, by type and time', async () => {
    const model: ScriptedModel = ({ messages }) => {
      const [last] = messages.at(-1)!.content
      if (last?.type === 'tool_result') return { text: last.text }
      if (last?.type !== 'text' || last.text === 'hello') return { text: 'hi' }
      return { tool_calls: [{ name: 'Context', input: JSON.parse(last.text) }] }
    }
    const runtime = await startRuntime({
      models: { model, stranger: model },
      agents: { model: { historyScope: ['self'] } },
    })
    const said = async (agent: string, text: string) => {
      const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say(text) }))
      await reader.toEnd()
      const { agent_id } = reader.events.find((event) => event.type === ('agent' as string)) as never as Named
      return { agent_id, text: reader.text() }
    }
    const first = await said('model', 'hello')
    const look = { op: 'history', agent_id: first.agent_id }
    const found = JSON.parse((await said('model', JSON.stringify(look))).text)
    expect(found).toMatchObject({ agent_id: first.agent_id, session_id: expect.any(String), truncated: false })
    expect(found.events.map(({ type }: { type: string }) => type)).toEqual([
      'user_input',
      'system_prompt',
      'started',
      'text',
      'usage',
      'done',
    ])
    const texts = { ...look, event_types: ['text', 'usage'], limit: 1 }
    expect(JSON.parse((await said('model', JSON.stringify(texts))).text)).toMatchObject({
      events: [{ type: 'text', payload: { text: 'hi' } }],
      count: 1,
      truncated: true,
    })
    const later = { ...look, since_ts: new Date(Date.now() + 60_000).toISOString() }
    expect(JSON.parse((await said('model', JSON.stringify(later))).text)).toMatchObject({ count: 0 })
    const own = JSON.parse((await said('model', '{"op":"history","event_types":["tool_call"]}')).text)
    expect(own).toMatchObject({ events: [{ type: 'tool_call' }] })

    const other = await said('stranger', 'hello')
    const refusals = [
      { ...look, agent_id: other.agent_id },
      { ...look, agent_id: 'a_0' },
      { ...look, since_ts: 'x' },
    ]
    for (const input of refusals) expect((await said('model', JSON.stringify(input))).text).toMatch(/^history: /)
    expect((await said('stranger', JSON.stringify(look))).text).toContain('history_scope would allow it')
  })

  it('lists the agents, by prefix', async () => {
    expect(await ask({ op: 'agents' })).toMatchObject({ count: 2 })
    expect(await ask({ op: 'agents', prefix: 're' })).toEqual({
      agents: [
        {
          name: 'reader',
          provider: 'openai',
          model: 'm',
          allowed_tools_count: 0,
          active_def_id: 'def_2',
          description: 'Reads.',
        },
      ],
      count: 1,
    })
  })

  it('tells the time and how long the run has been going', async () => {
    expect(await ask({ op: 'time' }, { startedAt: 2000 })).toEqual({
      now_rfc3339: '1970-01-01T00:00:05.000Z',
      unix_ms: 5000,
      run_started_at: '1970-01-01T00:00:02.000Z',
      elapsed_ms: 3000,
    })
  })

  it('helps on a topic, and says which there are', async () => {
    const { topics, count } = await ask({ op: 'help' })
    expect(count).toBe(topics.length)
    expect(topics.at(-1)).toEqual({ name: 'house', description: 'Ours.', source: 'operator' })
    for (const { name, source } of topics)
      expect(await ask({ op: 'help', topic: name })).toMatchObject({ name, source })
    await expect(ask({ op: 'help', topic: 'cooking' })).rejects.toThrow(
      'help: there is no topic "cooking"; there are runs, tools, context, budgets,',
    )
  })
})

interface Named {
  agent_id: string
}

type Stores = Pick<Parameters<typeof ownTools>[0], 'db' | 'channels'>

/** Most ops know what they say without looking anything up. */
const noStores: Stores = { db: undefined as never, channels: undefined as never }

function toolsOver(stores: Stores) {
  return ownTools({
    ...stores,
    sqlQuotaBytes: 99,
    interruption: { maxPendingPerRun: 3 },
    help: [{ name: 'house', description: 'Ours.', content: 'Be kind.' }],
    feed: new ChangeFeed(),
    clock: { now: () => 5000, after: () => () => {} },
    limits: { memoryMaxValueBytes: 1, memoryMaxScopeBytes: 4096 },
    listAgents: async () => [
      { defId: 'def_1', agent: anAgent(), isRow: false },
      {
        ...{ defId: 'def_2', isRow: true },
        agent: anAgent({ name: 'reader', provider: 'openai', model: 'm', description: 'Reads.', tools: [] }),
      },
    ],
  })
}

async function someStores(declared: Parameters<typeof someChannels>[0] = []): Promise<Stores> {
  const { db, ctx } = await someChannels(declared)
  return { db, channels: ctx }
}

async function ask(input: unknown, options: SomeRun = {}, stores = noStores) {
  const mine = toolsFor(anAgent(options.agent), toolsOver(stores))
  const { text } = await callTool(mine.get('Context')!, input, aToolCaller({ ...options, tools: mine }))
  return JSON.parse(text)
}
