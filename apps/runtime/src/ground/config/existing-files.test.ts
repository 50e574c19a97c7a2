import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadIn } from './testing/loaded.ts'

const folder = join(import.meta.dirname, '../../../../../fixtures/configurations')
const dsn = 'postgres://loom:secret-word@db.example/loom'
const start = (...files: string[]) => loadIn(folder, { LOOMCYCLE_CONFIG_FILES: files.join(':'), LOOMCYCLE_PG_DSN: dsn })

describe('a configuration file that was written for all there is elsewhere', () => {
  it('starts on one machine, with what is there', async () => {
    const { agents, channels, concurrency, interruption, volumes, warnings, defaults, ...config } =
      await start('local.yaml')
    const { tiers, userTiers, providerPriority } = config
    expect(defaults).toEqual({ provider: 'ollama-local', model: 'qwen3:14b' })
    expect(agents.researcher).toMatchObject({
      tier: 'middle',
      effort: 'medium',
      systemPrompt: 'Find it out, and say where.',
      volumes: ['default'],
      channels: { publish: ['findings'], subscribe: ['tasks/*'] },
      sampling: { temperature: 0.2, top_p: 0.9, seed: 7, stop: ['END'] },
      compaction: { enabled: true, target_percentage: 10, keep_last_n: 4, keep_first: true, autocompact_at_pct: 80 },
      historyScope: ['tenant'],
      retryAttempts: 5,
    })
    expect(agents.researcher!.model).toBeUndefined()
    const quick = { provider: 'deepseek', model: 'deepseek-chat' }
    expect(tiers.middle).toEqual([quick, { provider: 'ollama-local', model: 'qwen3:14b' }])
    expect(providerPriority).toEqual(['ollama-local', 'deepseek', 'openai', 'anthropic', 'ollama'])
    expect(userTiers.default).toMatchObject({
      ...{ providerPriority: ['ollama-local', 'deepseek'], fallbackOnError: true, maxFallbackAttempts: 3 },
      ...{ retryAttempts: 2, rateLimitCooldownMs: 30_000 },
    })
    expect(userTiers.paid!.tiers).toEqual({ high: [{ provider: 'anthropic', model: 'claude-sonnet-4-5' }] })
    expect(agents.coder).toMatchObject({
      model: 'claude-sonnet-4-5',
      maxConcurrentChildren: 32,
      interruption: { enabled: true, maxPending: 2 },
    })
    expect(Object.keys(channels)).toEqual(['findings', 'tasks/*', '_system/heartbeat'])
    expect(concurrency.maxQueueDepth).toBe(16)
    expect(interruption.maxPendingPerRun).toBe(8)
    expect(volumes.map(({ name, mode }) => [name, mode])).toEqual([
      ['default', 'ro'],
      ['scratch', 'rw'],
    ])
    expect(warnings).toContain(
      'local.yaml sets what is not supported yet and has no effect: interruption.backend, interruption.heartbeat_interval_ms.',
    )
  })

  it('starts where it names a database, people and services, and its address is in the environment', async () => {
    const { agents, storage, warnings } = await start('shared.yaml')
    expect(storage).toMatchObject({ backend: 'postgres', pgDsn: dsn, pgMaxOpenConns: 32, pgAutomigrate: true })
    expect(agents.desk).toMatchObject({
      ...{ tier: 'high', providers: ['openai', 'anthropic'] },
      models: { high: [{ provider: 'openai', model: 'gpt-4.1' }] },
      tools: ['mcp__tracker__*', 'Memory', 'Evaluation', 'AgentDef', 'SkillDef'],
      sqlScopes: ['agent'],
      agentDefScopes: ['descendants'],
      volumeDefScopes: ['any'],
    })
    expect(warnings.filter((warning) => warning.includes('not supported yet'))).toEqual([
      'shared.yaml sets what is not supported yet and has no effect: storage.sqlmem_enabled, storage.sqlmem_quota_bytes, principals, hooks, cache, context_plugins, local_api, mcp_servers, memory_backends, agents.….memory_backend, agents.….schedule_def_scopes, agents.….a2a_server_card_def_scopes, agents.….a2a_agent_def_scopes.',
    ])
  })

  it('starts where work begins by itself', async () => {
    const { agents, skills, pricing, warnings } = await start('triggers.yaml')
    expect(Object.keys(agents)).toEqual(expect.arrayContaining(['digest', 'triage']))
    expect(pricing['openai/gpt-4.1']).toMatchObject({ input: 2_000_000, output: 8_000_000 })
    expect(skills['triage/labels']).toMatchObject({ body: 'Use bug or wish.', tools: ['Document'] })
    expect(warnings.filter((warning) => warning.includes('not supported yet'))).toEqual([
      'triggers.yaml sets what is not supported yet and has no effect: scheduled_runs, webhooks, a2a_server_cards, a2a_agents, search_providers, document_sources, change_subscriptions.',
    ])
    expect(warnings).toContainEqual(
      expect.stringMatching(/^triggers\.yaml sets providers\.openai without effect: .*OPENAI_BASE_URL/),
    )
  })

  it('starts in layers, which say what they took over', async () => {
    const { overrides, agents } = await start('local.yaml', 'shared.yaml', 'triggers.yaml')
    expect(Object.keys(agents)).toEqual(expect.arrayContaining(['researcher', 'desk', 'digest']))
    expect(overrides).toEqual([
      'defaults.provider of local.yaml is replaced by shared.yaml.',
      'defaults.model of local.yaml is replaced by shared.yaml.',
      'defaults.provider of shared.yaml is replaced by triggers.yaml.',
      'defaults.model of shared.yaml is replaced by triggers.yaml.',
    ])
  })
})
