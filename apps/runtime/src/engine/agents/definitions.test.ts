import { describe, expect, it } from 'vitest'
import { type AgentDefinition, plainAgent } from '../../ground/config/config.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { configuredAgents, Definitions } from './definitions.ts'
import { keepDefinition } from './store.ts'

const reader: AgentDefinition = { ...plainAgent, name: 'reader', source: 'file', systemPrompt: 'Read.' }

describe('definitions of agents', () => {
  it('have the same id where they have the same content, in whatever order it was written', async () => {
    const db = await tempDatabase()
    const idOf = async (agent: AgentDefinition) => {
      const definitions = new Definitions(db, [configuredAgents({ agents: { reader: agent } })])
      return (await definitions.get('t', 'reader')).defId
    }
    const reversed = Object.fromEntries(Object.entries(reader).reverse()) as unknown as AgentDefinition
    expect(await idOf({ ...reversed, model: undefined })).toBe(await idOf(reader))
    expect(await idOf({ ...reader, systemPrompt: 'Write.' })).not.toBe(await idOf(reader))
  })

  it('are found as they were, by their own tenant, with what nobody had heard of then', async () => {
    const db = await tempDatabase()
    const definitions = new Definitions(db, [configuredAgents({ agents: { reader } })])
    const { memoryScopes: _, ...old } = { ...reader, systemPrompt: 'Spell.' }
    await db.write([keepDefinition('t', 'def_old', old as AgentDefinition, 1)])
    expect(await definitions.get('t', 'reader')).toMatchObject({ agent: reader })
    expect(await definitions.get('t', 'reader', 'def_old')).toEqual({
      defId: 'def_old',
      agent: { ...reader, systemPrompt: 'Spell.' },
    })
    await expect(definitions.get('other', 'reader', 'def_old')).rejects.toThrow('unknown agent "reader"')
  })

  it('come from the first source that knows the name', async () => {
    const own = { ...reader, systemPrompt: 'Mine.' }
    const definitions = new Definitions(await tempDatabase(), [
      configuredAgents({ agents: { reader: own } }),
      configuredAgents({ agents: { reader, writer: { ...reader, name: 'writer' } } }),
    ])
    expect((await definitions.get('t', 'reader')).agent).toBe(own)
    expect((await definitions.list('t')).map(({ name, systemPrompt }) => [name, systemPrompt])).toEqual([
      ['reader', 'Mine.'],
      ['writer', 'Read.'],
    ])
    await expect(definitions.get('t', 'constructor')).rejects.toThrow('there are reader, writer')
  })
})
