import { describe, expect, it } from 'vitest'
import { aFolder, load, loadIn } from './testing/loaded.ts'

describe('several configuration files', () => {
  const files = {
    'base.yaml': `default_agent: a
concurrency: { max_concurrent_runs: 4, max_queue_depth: 9 }
agents: { a: { description: A., tools: [Memory, Context], memory_scopes: [agent], sampling: { temperature: 1 } } }`,
    'same.yaml': 'default_agent: a\nagents: { b: {} }',
    'over.yaml': `concurrency: { max_concurrent_runs: 8 }
agents: { a: { tools: [Context], sampling: { temperature: 0 } } }`,
  }

  it('tell which key of which file was replaced by which, and nothing of what only grew', async () => {
    const { overrides, concurrency, agents } = await load(files)
    expect(concurrency).toMatchObject({ maxConcurrentRuns: 8, maxQueueDepth: 9 })
    expect(agents.a).toMatchObject({ tools: ['Context'], sampling: { temperature: 0 } })
    expect(overrides).toEqual([
      'concurrency.max_concurrent_runs of base.yaml is replaced by over.yaml.',
      'agents.a.tools of base.yaml is replaced by over.yaml.',
      'agents.a.sampling.temperature of base.yaml is replaced by over.yaml.',
    ])
  })

  it('are refused where they replace something and that is not wanted', async () => {
    const strict = { LOOMCYCLE_CONFIG_STRICT: '1' }
    await expect(load(files, strict)).rejects.toThrow(
      'LOOMCYCLE_CONFIG_STRICT is on: concurrency.max_concurrent_runs of base.yaml is replaced by over.yaml. agents.a',
    )
    const { 'over.yaml': _, ...growing } = files
    expect((await load(growing, strict)).overrides).toEqual([])
  })

  it('find their prompts beside themselves, or else beside the last of them', async () => {
    const folder = aFolder({
      'base/a.yaml': 'agents: { a: { system_prompt_file: a.md }, b: { system_prompt_file: b.md } }',
      'base/a.md': 'Beside it.',
      'site/last.yaml': '{}',
      'site/a.md': 'Beside the last.',
      'site/b.md': 'Beside the last.',
    })
    const { agents } = await loadIn(folder, { LOOMCYCLE_CONFIG_FILES: 'base/a.yaml:site/last.yaml' })
    expect([agents.a?.systemPrompt, agents.b?.systemPrompt]).toEqual(['Beside it.', 'Beside the last.'])
  })
})
