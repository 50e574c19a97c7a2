import { describe, expect, it } from 'vitest'
import { modelServices } from '../../models/providers/registry.ts'
import { loadConfig } from './load.ts'
import { load } from './testing/loaded.ts'

describe('without configuration', () => {
  it('offers agents that need no model', async () => {
    const config = await load({})
    expect(Object.keys(config.agents)).toEqual(['demo', 'doc/manager', 'launch/drafter', 'launch/reporter'])
    expect(config).toMatchObject({ defaultAgent: 'demo', providers: {}, warnings: [] })
    expect(config.agents.demo).toMatchObject({ provider: 'scripted', model: 'demo' })
  })

  it('starts with the assistant as soon as there is a model service', async () => {
    const config = await load({}, { ANTHROPIC_API_KEY: 'sk-test' })
    expect(config.defaultAgent).toBe('assistant')
    expect(config.agents.assistant).toMatchObject({ provider: undefined, model: undefined, unboundedIterations: true })
  })

  it('uses an Ollama on this machine that has models, and nothing else was set up', async () => {
    const asked: string[] = []
    const ollama = (models: unknown[]): typeof fetch => {
      return async (url) => {
        asked.push(String(url))
        return Response.json({ models })
      }
    }
    const found = await loadConfig({ env: {}, cwd: '/', services: modelServices, fetch: ollama([{ name: 'qwen' }]) })
    expect(found).toMatchObject({ providers: { 'ollama-local': { baseUrl: 'http://127.0.0.1:11434' } } })
    expect(asked).toEqual(['http://127.0.0.1:11434/api/tags'])
    expect((await loadConfig({ env: {}, cwd: '/', services: modelServices, fetch: ollama([]) })).providers).toEqual({})
    asked.length = 0
    await loadConfig({ env: { OPENAI_API_KEY: 'k' }, cwd: '/', services: modelServices, fetch: ollama([{}]) })
    await loadConfig({
      env: { LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1' },
      cwd: '/',
      services: modelServices,
      fetch: ollama([{}]),
    })
    expect(asked).toEqual([])
  })

  it('has no agent under the names every object has', async () => {
    const { agents } = await load({})
    expect(['constructor', 'toString', '__proto__'].map((name) => agents[name])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('configuration files', () => {
  it('reads an agent with its prompt from beside the file', async () => {
    const { agents, warnings } = await load({
      'a.yaml': `agents:
  writer:
    description: Writes.
    provider: scripted
    model: demo
    system_prompt_file: writer.md
    allowed_tools: [Memory]
    memory_scopes: [user]
    sampling: { temperature: 0.2 }`,
      'writer.md': 'Write well.\n',
    })
    expect(warnings).toEqual([])
    expect(agents.writer).toMatchObject({
      source: 'file',
      systemPrompt: 'Write well.',
      tools: ['Memory'],
      memoryScopes: ['user'],
      sampling: { temperature: 0.2 },
    })
  })

  it('lays later files over earlier ones: maps grow, the rest is replaced', async () => {
    const { agents, defaultAgent } = await load({
      'base.yaml':
        'default_agent: a\nagents: { a: { system_prompt: A, tools: [Memory, Context], memory_scopes: [agent] } }',
      'over.yaml': 'default_agent: b\nagents: { a: { allowed_tools: [Context] }, b: { system_prompt: B } }',
    })
    expect(defaultAgent).toBe('b')
    expect(agents.a).toMatchObject({ systemPrompt: 'A', tools: ['Context'], memoryScopes: ['agent'] })
    expect(agents.b).toMatchObject({ systemPrompt: 'B', tools: [] })
  })

  it('takes what one agent says into another, under what that says itself', async () => {
    const { agents } = await load({
      'a.yaml': `agents:
  one: &one { tools: [Memory], memory_scopes: [user], sampling: { temperature: 0.1 } }
  two:
    <<: *one
    tools: []
  three: { <<: [{ max_tokens: 5 }, *one], sampling: { top_p: 1 } }`,
    })
    expect(agents.two).toMatchObject({ tools: [], memoryScopes: ['user'], sampling: { temperature: 0.1 } })
    expect(agents.three).toMatchObject({ tools: ['Memory'], maxTokens: 5, sampling: { top_p: 1 } })
  })

  it('takes ollama for the one on a machine of one’s own where no key of the cloud is set', async () => {
    const files = {
      'a.yaml': `
defaults: { provider: ollama, model: qwen3 }
models: { big: { provider: ollama, model: gpt-oss, context_window: 8192 } }
agents: { usual: {}, named: { provider: ollama }, alias: { model: big }, local: { provider: ollama-local } }`,
    }
    const meant = async (env: Record<string, string>) => {
      const { agents, defaults, windows, completePin, warnings } = await load(files, env)
      const stored = completePin({ provider: 'ollama', model: 'm' }, 'a test')
      const all = [defaults, agents.usual, agents.named, agents.alias, agents.local, stored]
      return { providers: all.map((pin) => pin!.provider), windows: Object.keys(windows), warnings }
    }
    const here = { OLLAMA_BASE_URL: 'http://gpu:11434' }
    const cloud = { OLLAMA_API_KEY: 'key-of-the-cloud' }
    expect(await meant(here)).toEqual({
      providers: Array(6).fill('ollama-local'),
      windows: ['ollama-local/gpt-oss'],
      warnings: [],
    })
    const away = ['ollama', 'ollama', 'ollama', 'ollama', 'ollama-local', 'ollama']
    expect(await meant({ ...here, ...cloud })).toEqual({
      providers: away,
      windows: ['ollama/gpt-oss'],
      warnings: [],
    })
    expect((await meant(cloud)).warnings).toEqual([
      'Agent local uses ollama-local, which is not set up; set OLLAMA_BASE_URL.',
    ])
    expect((await meant({})).warnings).toContain(
      'Agent named uses ollama, which is not set up; set OLLAMA_API_KEY or OLLAMA_BASE_URL.',
    )
  })

  it('reads what else a service is told, also for one that is found by itself', async () => {
    const env = {
      LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX: '16384',
      LOOMCYCLE_OLLAMA_LOCAL_HEADER_TIMEOUT_MS: '21600000',
      LOOMCYCLE_OLLAMA_NUM_CTX: '65536',
    }
    const fetch: typeof globalThis.fetch = async () => Response.json({ models: [{ name: 'qwen' }] })
    const found = await loadConfig({ env, cwd: '/', services: modelServices, fetch })
    const local = { contextTokens: 16_384, headerTimeoutMs: 21_600_000 }
    expect(found.providers).toEqual({ 'ollama-local': { baseUrl: 'http://127.0.0.1:11434', ...local, isFound: true } })
    const both = await load({}, { ...env, OLLAMA_BASE_URL: 'http://gpu:11434', OLLAMA_API_KEY: 'key-of-the-cloud' })
    expect(both.providers).toEqual({
      'ollama-local': { baseUrl: 'http://gpu:11434', ...local },
      ollama: { apiKey: 'key-of-the-cloud', contextTokens: 65_536 },
    })
    await expect(load({}, { OLLAMA_BASE_URL: 'http://gpu', LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX: 'all' })).rejects.toThrow(
      'LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX is "all" but must be a whole number from 256 to 16777216.',
    )
  })

  it('completes half a choice of model from aliases and defaults', async () => {
    const { agents, defaults } = await load({
      'a.yaml': `
defaults: { provider: openai, model: big }
models: { big: { provider: openai, model: gpt-5.1 }, small: { provider: ollama-local, model: qwen3 } }
agents: { none: {}, alias: { model: small }, model: { model: gpt-4.1 }, provider: { provider: anthropic } }`,
    })
    expect(defaults).toEqual({ provider: 'openai', model: 'gpt-5.1' })
    expect(agents.none).toMatchObject({ provider: 'openai', model: 'gpt-5.1' })
    expect(agents.alias).toMatchObject({ provider: 'ollama-local', model: 'qwen3' })
    expect(agents.model).toMatchObject({ provider: 'openai', model: 'gpt-4.1' })
    expect(agents.provider).toMatchObject({ provider: 'anthropic', model: undefined })
  })

  it('puts in variables that configuration may know, as values only', async () => {
    const yaml = `agents:
  a:
    description: "\${LOOMCYCLE_TEXT}"
    system_prompt: Say \${HOME} and \${LOOMCYCLE_LINES}.
    max_tokens: \${LOOMCYCLE_COUNT}
    memory_scopes: []`
    const { agents } = await load(
      { 'a.yaml': yaml },
      { LOOMCYCLE_TEXT: '7', LOOMCYCLE_COUNT: '512', LOOMCYCLE_LINES: 'a\nb', HOME: '/root' },
    )
    expect(agents.a).toMatchObject({
      description: '7',
      systemPrompt: `Say \${HOME} and \${LOOMCYCLE_LINES}.`,
      maxTokens: 512,
    })
  })

  it('shows the web app of a folder that has one, and says so where it has none', async () => {
    const { uiDir } = await load({ 'index.html': '<!doctype html>' }, { LOOMCYCLE_UI_DIR: '.' })
    expect(uiDir).toMatch(/loomcycle-config-/)
    await expect(load({}, { LOOMCYCLE_UI_DIR: '/nope' })).rejects.toThrow(/LOOMCYCLE_UI_DIR.*index\.html in .*nope/)
  })

  it('reads the scripts it names', async () => {
    const { scripts, agents } = await load({
      'a.yaml': 'scripts: { tour: tour.yaml }\nagents: { guide: { provider: scripted, model: tour } }',
      'tour.yaml': 'scenes: [{ turns: [{ tool_calls: [{ name: Memory, input: { value: null } }] }] }]',
    })
    expect(scripts.tour?.scenes[0]?.turns[0]?.tool_calls?.[0]?.input).toEqual({ value: null })
    expect(agents.guide?.model).toBe('tour')
  })

  it('warns about a tool whose gate is shut and a service that is not set up', async () => {
    const { warnings } = await load({ 'a.yaml': 'agents: { a: { provider: openai, model: x, tools: [Memory] } }' })
    expect(warnings).toEqual([
      'Agent a lists the tool Memory but neither memory_scopes nor sql_scopes; every call will be refused.',
      'Agent a uses openai, which is not set up; set OPENAI_API_KEY.',
    ])
  })
})

describe('calls to model services', () => {
  it('are as many as there are unless somebody says how many, of all services or of one', async () => {
    expect((await load({})).calls).toEqual({
      ...{ perProvider: 0, byService: {}, maxQueueDepth: 64, queueTimeoutMs: 30_000 },
    })
    const yaml = 'concurrency: { calls: { ollama-local: 1, scripted: 0, nobody: 3 } }'
    const { calls, warnings } = await load({ 'a.yaml': yaml }, { LOOMCYCLE_PROVIDER_QUEUE_CONCURRENCY: '4' })
    expect(calls).toMatchObject({ perProvider: 4, byService: { 'ollama-local': 1, scripted: 0 } })
    expect(warnings).toEqual([
      expect.stringMatching(/^concurrency\.calls\.nobody is of no model service that there is; there are anthropic, /),
    ])
  })
})

describe('settings of what is not there yet', () => {
  it('have no effect, are told of once, and keep nothing from starting', async () => {
    const { agents, warnings, defaults } = await load({
      'a.yaml': `interruption: { backend: webui, max_pending_per_run: 3, heartbeat_interval_ms: 30000 }
hooks: { permit_host_widen: { owners: [] } }
mcp_servers: { jobs: { url: http://x, headers: { Authorization: "Bearer \${LOOMCYCLE_NO_SUCH}" } } }
defaults: { provider: scripted, model: demo }
models: { local: { provider: ollama-local, model: x } }
agents:
  one: { allowed_tools: [Read], memory_backend: "\${LOOMCYCLE_NO_SUCH}", system_prompt: Hi, compaction: { memory_flush: true } }
  two: { schedule_def_scopes: [any], provider: anthropic-oauth-dev, model: y }`,
    })
    expect(Object.keys(agents)).toEqual(expect.arrayContaining(['one', 'two']))
    expect(defaults).toEqual({ provider: 'scripted', model: 'demo' })
    expect(warnings).toEqual([
      'a.yaml sets what is not supported yet and has no effect: interruption.backend, interruption.heartbeat_interval_ms, hooks, mcp_servers, agents.….memory_backend, agents.….compaction.memory_flush, agents.….schedule_def_scopes.',
      'Agent two uses anthropic-oauth-dev, which is not set up; set LOOMCYCLE_ANTHROPIC_OAUTH_DEV_TOKEN.',
    ])
  })
})

describe('memory', () => {
  const aYaml = (memory: string) => ({ 'a.yaml': `memory: ${memory}` })

  it('has no embedder unless one is asked for, and the stub where the environment says so', async () => {
    expect((await load({})).memory).toEqual({ entries: [] })
    expect((await load({}, { LOOMCYCLE_EMBEDDER_STUB: '1' })).memory.embedder).toMatchObject({ provider: 'stub' })
  })

  it('knows how to reach an embedder, and says what is missing', async () => {
    const { memory } = await load(aYaml('{ embedder: { provider: openai, batch_size: 7 } }'), { OPENAI_API_KEY: 'k' })
    expect(memory.embedder).toMatchObject({
      provider: 'openai',
      model: 'text-embedding-3-small',
      apiKey: 'k',
      batchSize: 7,
      timeoutMs: 30_000,
    })
    const voyage = await load(aYaml('{ embedder: { provider: anthropic } }'), { VOYAGE_API_KEY: 'v' })
    expect(voyage.memory.embedder).toMatchObject({ provider: 'voyage', model: 'voyage-3.5', apiKey: 'v' })
    const refused = (yaml: string) => load(aYaml(yaml)).then(String, (error: Error) => error.message)
    expect(await refused('{ embedder: { provider: openai } }')).toMatch(/set OPENAI_API_KEY/)
    const gemini = await load(aYaml('{ embedder: { provider: gemini } }'), { GEMINI_API_KEY: 'g' })
    expect(gemini.memory.embedder).toMatchObject({ provider: 'gemini', model: 'gemini-embedding-001', apiKey: 'g' })
    expect(await refused('{ embedder: { provider: voyage } }')).toMatch(/set VOYAGE_API_KEY/)
    expect(await refused('{ embedder: { provider: gemini } }')).toMatch(/set GEMINI_API_KEY/)
    expect(await refused('{ embedder: { model: m } }')).toMatch(/has no provider/)
    expect(await refused('{ entries: [{ scope: user, key: k, value: 1 }] }')).toMatch(/without scope_id/)
  })

  it('reads what is to be remembered from the start', async () => {
    const { memory } = await load(
      aYaml(
        '{ entries: [{ scope: agent, scope_id: a, key: k, value: { x: 1 }, embed: true }, { scope: tenant, key: t, value: 2 }] }',
      ),
    )
    expect(memory.entries).toEqual([
      { scope: 'agent', scopeId: 'a', key: 'k', value: { x: 1 }, embed: true },
      { scope: 'tenant', scopeId: '', key: 't', value: 2, embed: false },
    ])
  })

  it('takes the limits of SQL memory from the environment', async () => {
    const { sqlMemory } = await load({}, { LOOMCYCLE_SQLMEM_MAX_ROWS: '5', LOOMCYCLE_SQLMEM_AUDIT_MODE: 'metadata' })
    expect(sqlMemory).toMatchObject({ enabled: true, maxRows: 5, audit: 'metadata', maxTransactionDepth: 16 })
    expect(sqlMemory.root).toMatch(/\/data\/sqlmem$/)
    await expect(load({}, { LOOMCYCLE_SQLMEM_AUDIT_MODE: 'some' })).rejects.toThrow('must be full or metadata')
  })
})

describe('refusals, one sentence each', () => {
  it.each<[string, string, string | RegExp]>([
    [
      'a key that is close to a known one',
      'agents:\n  a:\n    memory_scope: [user]',
      'a.yaml:3: agents.a.memory_scope is not a setting; did you mean memory_scopes?',
    ],
    [
      'a key like no other',
      'zzzzzzzzzzz: 1',
      /^a\.yaml:1: zzzzzzzzzzz is not a setting; known here: defaults, models, .*, scripts\.$/,
    ],
    [
      'a key deep inside',
      'agents: { a: { sampling: { temprature: 1 } } }',
      'a.yaml:1: agents.a.sampling.temprature is not a setting; did you mean temperature?',
    ],
    ['a wrong type', 'agents: { a: { max_tokens: many } }', 'a.yaml:1: agents.a.max_tokens must be a whole number.'],
    [
      'a wrong value',
      'agents: { a: { memory_scopes: [team] } }',
      'a.yaml:1: agents.a.memory_scopes.0 must be one of agent, user, tenant.',
    ],
    [
      'a number out of range',
      'agents: { a: { sampling: { temperature: 3 } } }',
      'a.yaml:1: agents.a.sampling.temperature must be at most 2.',
    ],
    ['something that is no map', '- a', 'a.yaml: the file must be a map of keys.'],
    ['broken YAML', 'agents:\n  a: [1, 2', /^a\.yaml:2 is not valid YAML: .+\.$/],
    ['an alias inside of what it names', 'agents:\n  a: &a\n    tools: [*a]', /^a\.yaml:3: \*a stands inside/],
    ['a variable as a key', `models:\n  \${LOOMCYCLE_X}: 5`, /^a\.yaml:2: models\.\$\{LOOMCYCLE_X\} must be a map/],
    ['an alias of nothing', 'agents:\n  a: *none', /^a\.yaml:2: \*none names nothing before it/],
    ['another document', 'agents: {}\n---\nagents: {}', /^a\.yaml:2 begins another document; take the line of dashes/],
    ['something else than settings taken in', 'agents:\n  a: { <<: 5 }', /^a\.yaml cannot be read: /],
    ['a key said twice', 'agents: {}\nagents: {}', /^a\.yaml:2 is not valid YAML: Map keys must be unique\.$/],
    [
      'both names of one setting',
      'agents: { a: { tools: [], allowed_tools: [] } }',
      'a.yaml:1: agents.a has both tools and allowed_tools; keep tools.',
    ],
    [
      'a prompt file that is missing',
      'agents: { a: { system_prompt_file: no.md } }',
      /^a\.yaml:1: agents\.a\.system_prompt_file names .*no\.md, which does not exist; correct the path\.$/,
    ],
    [
      'an unknown provider',
      'agents: { a: { provider: gemnii } }',
      'agents.a names the provider "gemnii", which is not known; use one of anthropic, openai, deepseek, ollama-local, ollama, gemini, anthropic-oauth-dev, scripted, mock, mock-stable, code-js.',
    ],
    [
      'an unknown script',
      'agents: { a: { provider: scripted, model: tour } }',
      'agents.a uses the script "tour", which is not under scripts; use one of demo, doc-manager, launch-drafter, launch-reporter.',
    ],
    ['an unknown default agent', 'default_agent: dem', 'default_agent is "dem", which is no agent; did you mean demo?'],
    [
      'a variable that stays secret',
      `agents: { a: { system_prompt: "\${LOOMCYCLE_AUTH_TOKEN}" } }`,
      `a.yaml:1 uses \${LOOMCYCLE_AUTH_TOKEN}, which configuration may not read; take it out.`,
    ],
    [
      'a variable that is not set',
      `agents:\n  a: {}\ndefault_agent: \${LOOMCYCLE_NOT_SET}`,
      `a.yaml:3 uses \${LOOMCYCLE_NOT_SET}, which is not set; set it or take it out.`,
    ],
    [
      'an agent with the name of a prototype',
      'agents: { __proto__: {} }',
      /^a\.yaml:1: agents\.__proto__ is not a good name/,
    ],
  ])('%s', async (_, yaml, sentence) => {
    await expect(load({ 'a.yaml': yaml }, { LOOMCYCLE_X: 'x' })).rejects.toMatchObject({
      name: 'ConfigError',
      message: sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence,
    })
  })

  it.each([
    'PG_DSN',
    'LOOMCYCLE_PG_DSN',
    'LOOMCYCLE_SQLMEM_PG_DSN',
    'LOOMCYCLE_AUTH_TOKEN',
    'LOOMCYCLE_OPERATOR_TOKEN_PEPPER',
    'LOOMCYCLE_MCP_UPSTREAM_TOKEN',
    'LOOMCYCLE_OTEL_EXPORTER_OTLP_HEADERS',
  ])('a file that speaks of the secret %s, whatever that is', async (variable) => {
    const files = { 'a.yaml': `agents: { a: { system_prompt: "\${${variable}}" } }` }
    await expect(load(files, { [variable]: 'x'.repeat(20) })).rejects.toThrow(/which configuration may not read/)
  })

  it('a file that is missing', async () => {
    await expect(load({}, { LOOMCYCLE_CONFIG_FILES: 'none.yaml' })).rejects.toThrow(
      /^LOOMCYCLE_CONFIG_FILES names .*none\.yaml, which does not exist; correct the path\.$/,
    )
  })

  it.each([
    ['scenes: [{ turns: [{ txt: hi }] }]', 'tour.yaml:1: scenes.0.turns.0.txt is not known; did you mean text?'],
    ['scenes: [{ match: "(", turns: [{}] }]', 'tour.yaml:1: scenes.0.match is not a regular expression.'],
    ['{}', 'tour.yaml: scenes is missing.'],
  ])('a broken script: %s', async (script, sentence) => {
    const files = { 'a.yaml': 'scripts: { tour: tour.yaml }', 'tour.yaml': script }
    await expect(load(files)).rejects.toThrow(sentence)
  })
})
