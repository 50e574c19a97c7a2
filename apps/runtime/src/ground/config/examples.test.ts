import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { loadIn } from './testing/loaded.ts'

const root = join(import.meta.dirname, '../../../../..')
const examples = globSync('examples/**/*.yaml', { cwd: root })

it.each(examples)('%s begins with where its schema is', (file) => {
  const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(join(root, file), 'utf8')) ?? []
  expect(relative(root, resolve(root, dirname(file), schema))).toBe('docs/config.schema.json')
})

/** The lines of the table that say how to start with one. */
const starts = readFileSync(join(root, 'examples/README.md'), 'utf8').match(/`LOOMCYCLE_[^`]+`/g) ?? []
const environments = starts.map((line) =>
  Object.fromEntries(
    line
      .slice(1, -1)
      .split(' ')
      .map((set) => set.split('=')),
  ),
)

it.each(environments)(
  'a start with $LOOMCYCLE_CONFIG_FILES has the agents it names, and nothing is wrong',
  async (env) => {
    const setUp = { ANTHROPIC_API_KEY: 'sk-test', OLLAMA_BASE_URL: 'http://127.0.0.1:11434' }
    const { agents, warnings } = await loadIn(root, { ...setUp, ...env })
    expect(Object.values(agents).some(({ source }) => source === 'file')).toBe(true)
    expect(warnings).toEqual([])
  },
)

it('every example is one that somebody can start with', () => {
  const named = environments.flatMap(({ LOOMCYCLE_CONFIG_FILES = '' }) => LOOMCYCLE_CONFIG_FILES.split(':'))
  expect(named.sort()).toEqual(examples.sort())
})
