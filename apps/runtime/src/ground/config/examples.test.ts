import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadIn } from './testing/loaded.ts'

const root = join(import.meta.dirname, '../../../../..')
const cluster = 'examples/cluster/compose.yaml'
const examples = globSync('examples/**/*.yaml', { cwd: root }).filter((file) => file !== cluster)

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

it.each(['one', 'two'])('replica %s of the cluster starts with what its container is told', async (name) => {
  const { services } = parse(readFileSync(join(root, cluster), 'utf8'), { merge: true })
  const told = Object.entries<string>(services[name].environment).map(([variable, value]) => [
    variable,
    value.replace(/\$\{\w+:[^}]*\}/g, 'f5f8bf04f8a4cb1e'),
  ])
  const { storage, replicaId, trustedProxies, warnings } = await loadIn(root, Object.fromEntries(told))
  const pgDsn = 'postgres://loomcycle:f5f8bf04f8a4cb1e@postgres/loomcycle'
  expect(storage).toMatchObject({ backend: 'postgres', pgAutomigrate: true, pgDsn })
  expect({ replicaId, trustedProxies, warnings }).toEqual({
    replicaId: name,
    trustedProxies: ['172.30.87.0/24'],
    warnings: [],
  })
})
