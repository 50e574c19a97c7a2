import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError } from './config.ts'
import { aFolder, loadIn } from './testing/loaded.ts'

const reviewer = `---
name: reviewer
description: Reads what others wrote.
tools: Memory, Context
memory_scopes: [user]
max_tokens: 900
max_iterations: 5
unbounded_iterations: true
sampling: { temperature: 0.5, top_p: 0.9 }
model: inherit
---
Review it.

Be kind.
`

const inFiles = (files: Record<string, string>, env = {}) =>
  loadIn(aFolder({ 'a.yaml': '{}', ...files }), {
    LOOMCYCLE_AGENTS_ROOT: 'agents',
    LOOMCYCLE_CONFIG_FILES: 'a.yaml',
    ...env,
  })

describe('agents in Markdown files', () => {
  it('have their settings at the beginning and their instructions below', async () => {
    const { agents, warnings } = await inFiles({ 'agents/reviewer.md': reviewer, 'agents/notes.txt': 'x' })
    expect(warnings).toEqual([])
    expect(agents.reviewer).toMatchObject({
      source: 'file',
      description: 'Reads what others wrote.',
      systemPrompt: 'Review it.\n\nBe kind.',
      tools: ['Memory', 'Context'],
      memoryScopes: ['user'],
      model: undefined,
    })
  })

  it('are called like their file unless they say otherwise, and tell what has no effect', async () => {
    const { agents, warnings } = await inFiles(
      {
        'agents/writer.md': `---\ndescription: "\${LOOMCYCLE_WHAT}"\nallowed_tools: [Context]\ntools: Memory\nmemory_backend: x\n---\nWrite.`,
        'agents/README.md': '# Agents of ours',
      },
      { LOOMCYCLE_WHAT: 'Writes.' },
    )
    expect(agents.writer).toMatchObject({ name: 'writer', description: 'Writes.', tools: ['Context'] })
    expect(agents.README).toBeUndefined()
    expect(warnings).toEqual([
      'README.md in LOOMCYCLE_AGENTS_ROOT begins without settings between lines of dashes, and is no agent.',
      'writer.md sets what is not supported yet and has no effect: memory_backend.',
    ])
  })

  it('take what a configuration file says over it, but for what is 0, empty or false there', async () => {
    const { agents } = await inFiles({
      'agents/reviewer.md': reviewer,
      'a.yaml': `agents:
  reviewer:
    description: ''
    max_tokens: 800
    max_iterations: 0
    unbounded_iterations: false
    memory_scopes: []
    allowed_tools: [Memory]
    sampling: { temperature: 0, top_p: 0.1 }`,
    })
    expect(agents.reviewer).toMatchObject({
      description: 'Reads what others wrote.',
      systemPrompt: 'Review it.\n\nBe kind.',
      maxTokens: 800,
      maxIterations: 5,
      unboundedIterations: true,
      memoryScopes: [],
      tools: ['Memory'],
      sampling: { temperature: 0.5, top_p: 0.1 },
    })
  })

  it.each([
    [
      'a key that is none',
      '---\nname: a\nmax_token: 1\n---\n',
      'a.md:3: max_token is not a setting; did you mean max_tokens?',
    ],
    [
      'a wrong value',
      '---\nmemory_scopes: [team]\n---\n',
      'a.md:2: memory_scopes.0 must be one of agent, user, tenant.',
    ],
    ['a name that is none', '---\nname: "../x"\n---\n', 'a.md:2: name is not a good name;'],
    ['a name of the runtime’s', '---\nname: derived/x\n---\n', 'nothing that begins with derived/'],
    ['the name of another', '---\nname: b\n---\n', 'b.md: name is the name of a.md as well; give one another.'],
  ])('are refused with %s', async (_, text, sentence) => {
    await expect(inFiles({ 'agents/a.md': text, 'agents/b.md': '---\n{}\n---\n' })).rejects.toThrow(sentence)
  })

  it('are not looked for where there is no folder', async () => {
    await expect(inFiles({})).rejects.toThrow(/LOOMCYCLE_AGENTS_ROOT names .*agents, which is no folder/)
  })

  it('are those that are no folders and not hidden, as what editors leave is; a link to nothing is named', async () => {
    const folder = aFolder({
      'a.yaml': '{}',
      'agents/reviewer.md': reviewer,
      'agents/old.md/x': '',
      'agents/._reviewer.md': '',
    })
    const start = () => loadIn(folder, { LOOMCYCLE_AGENTS_ROOT: 'agents', LOOMCYCLE_HELP_ROOT: 'agents' })
    symlinkSync('somebody@host.1', join(folder, 'agents/.#reviewer.md'))
    const { agents, warnings, help } = await start()
    expect(agents).toHaveProperty('reviewer')
    expect(warnings).toEqual([])
    expect(help.map(({ name }) => name)).toEqual(['reviewer'])
    symlinkSync('nothing', join(folder, 'agents/gone.md'))
    await expect(start()).rejects.toThrow(ConfigError)
    await expect(start()).rejects.toThrow(/^gone.md in LOOMCYCLE_AGENTS_ROOT is a link to nothing; mend it/)
  })
})
