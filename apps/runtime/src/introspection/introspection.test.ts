import { describe, expect, it } from 'vitest'
import { ChangeFeed } from '../feeds/change-feed.ts'
import { toolsFor } from '../tools/policy.ts'
import { ownTools } from '../tools/registry.ts'
import { anAgent, aToolScope } from '../tools/testing/a-tool-scope.ts'
import { callTool } from '../tools/testing/call-tool.ts'

const tools = ownTools({
  db: undefined as never,
  feed: new ChangeFeed(),
  clock: { now: () => 5000, after: () => () => {} },
  limits: { memoryMaxValueBytes: 1, memoryMaxScopeBytes: 4096 },
  listAgents: () => [
    anAgent(),
    anAgent({ name: 'reader', provider: 'openai', model: 'm', description: 'Reads.', tools: [] }),
  ],
})

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
    expect(await ask({ op: 'permissions' }, { agent: { memoryScopes: ['user'], memoryQuotaBytes: 7 } })).toEqual({
      tools: ['Memory', 'Context'],
      allowed_tools: ['Memory', 'Context'],
      memory: { allowed_scopes: ['user'], quota_bytes: 7 },
    })
    expect(await ask({ op: 'permissions' })).toMatchObject({ memory: { quota_bytes: 4096 } })
  })

  it('lists the agents, by prefix', async () => {
    expect(await ask({ op: 'agents' })).toMatchObject({ count: 2 })
    expect(await ask({ op: 'agents', prefix: 're' })).toEqual({
      agents: [{ name: 'reader', provider: 'openai', model: 'm', allowed_tools_count: 0, description: 'Reads.' }],
      count: 1,
    })
  })

  it('tells the time and how long the run has been going', async () => {
    expect(await ask({ op: 'time' }, { runStartedAt: 2000 })).toEqual({
      now_rfc3339: '1970-01-01T00:00:05.000Z',
      unix_ms: 5000,
      run_started_at: '1970-01-01T00:00:02.000Z',
      elapsed_ms: 3000,
    })
  })

  it('helps on a topic, and says which there are', async () => {
    const { topics, count } = await ask({ op: 'help' })
    expect(count).toBe(topics.length)
    for (const { name } of topics)
      expect(await ask({ op: 'help', topic: name })).toMatchObject({ name, source: 'builtin' })
    await expect(ask({ op: 'help', topic: 'cooking' })).rejects.toThrow(
      'help: there is no topic "cooking"; there are runs, memory, tools',
    )
  })
})

async function ask(input: unknown, options: Parameters<typeof aToolScope>[0] = {}) {
  const scope = aToolScope(options)
  const mine = toolsFor(scope.agent, tools)
  const { text } = await callTool(mine.get('Context')!, input, { ...scope, tools: mine })
  return JSON.parse(text)
}
