import { expect, it } from 'vitest'
import { clientOf } from '../../src/testing/test-client.ts'
import { startRuntime } from '../../src/testing/test-runtime.ts'

it('shows the agents there are, as they are configured, to who chooses one', async () => {
  const runtime = await startRuntime({
    models: { model: () => ({ text: 'hi' }) },
    agents: { 'team/writer': { model: 'model', systemPrompt: 'Write.', tools: ['Memory'], maxTokens: 100 } },
  })
  const { entries } = await clientOf(runtime).listLibraryAgents()
  expect(entries.map(({ name }) => name)).toEqual(entries.map(({ name }) => name).toSorted())
  expect(entries.find(({ name }) => name === 'team/writer')).toEqual({
    name: 'team/writer',
    source: 'static-only',
    in_static: true,
    in_substrate: false,
    version_count: 0,
    static_definition: expect.objectContaining({
      model: 'model',
      system_prompt: 'Write.',
      tools: ['Memory'],
      allowed_tools: ['Memory'],
      max_tokens: 100,
    }),
  })
})

it('has the skills that come with the runtime, and no MCP servers yet', async () => {
  const client = clientOf(await startRuntime())
  const { entries } = await client.listLibrarySkills()
  expect(entries.map(({ name, source }) => `${source} ${name}`)).toEqual(
    ['doc/board', 'doc/import', 'doc/write'].map((name) => `static-only ${name}`),
  )
  expect(await client.listLibraryMcpServers()).toEqual({ entries: [] })
})
