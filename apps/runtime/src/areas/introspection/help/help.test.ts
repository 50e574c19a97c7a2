import { opSets } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { ConfigFile } from '../../../ground/config/config-file.ts'
import { aFolder, loadIn } from '../../../ground/config/testing/loaded.ts'
import { builtinTopics, findHelp, helpIndex } from './topics.ts'

type Schema = { properties?: Record<string, Schema>; patternProperties?: Record<string, Schema> }
const agentSettings = Object.values((ConfigFile as Schema).properties?.agents?.patternProperties ?? {})[0]?.properties

const inputs = Object.values(opSets).flatMap(({ ops }) =>
  Object.values(ops).flatMap(({ input }) => Object.keys((input as Schema).properties ?? {})),
)
const words = new Set([
  ...inputs,
  ...Object.keys(agentSettings ?? {}),
  'sqlite_schema',
  'information_schema.tables',
  '[[title]]',
  'name:ro',
])

function isThere(said: string): boolean {
  const [tool = '', op] = said.split(' ')
  if (op === undefined) return words.has(said)
  return Object.hasOwn(opSets, tool) && op in opSets[tool as keyof typeof opSets].ops
}

describe('help', () => {
  it.each(builtinTopics)('on $name names only ops and settings that there are, and is short', ({ content }) => {
    const named = [...content.matchAll(/`([^`]+)`/g)].map(([, said]) => said!)
    expect(named.filter((said) => !isThere(said))).toEqual([])
    expect(content.length).toBeLessThan(2200)
  })

  it('has a topic for every tool', () => {
    const explained = new Set(builtinTopics.flatMap(({ tools = [] }) => tools))
    expect(Object.keys(opSets).filter((tool) => !explained.has(tool))).toEqual([])
  })

  it('has the operator’s own topics, which go before those of the same name', async () => {
    const folder = aFolder({
      'help/house.md': '# Rules of the house\n\nBe kind.',
      'help/memory.md': '---\ndescription: What we keep.\n---\nNothing.',
      'help/notes.txt': 'x',
    })
    const { help } = await loadIn(folder, { LOOMCYCLE_HELP_ROOT: 'help' })
    expect(findHelp(help, 'House')).toEqual({
      name: 'house',
      description: 'Rules of the house',
      content: '# Rules of the house\n\nBe kind.',
      source: 'operator',
    })
    expect(findHelp(help, 'memory')).toMatchObject({ content: 'Nothing.', source: 'operator' })
    const { topics, count } = helpIndex(help)
    expect(count).toBe(builtinTopics.length + 1)
    expect(topics.filter(({ source }) => source === 'operator').map(({ name }) => name)).toEqual(['memory', 'house'])
    expect(() => findHelp([], 'house')).toThrow('there is no topic "house"; there are runs,')
    await expect(loadIn(folder, { LOOMCYCLE_HELP_ROOT: 'none' })).rejects.toThrow('LOOMCYCLE_HELP_ROOT names')
  })
})
