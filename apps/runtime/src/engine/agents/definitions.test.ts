import { describe, expect, it } from 'vitest'
import { type AgentDefinition, plainAgent } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { explained } from '../../testing/explained.ts'
import { onSqlite } from '../../testing/on-sqlite.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { addVersion, type NewVersion, promote, retire } from '../definitions/versions.ts'
import { configuredAgents } from './configured.ts'
import { Definitions } from './definitions.ts'
import { keepDefinition } from './store.ts'
import { storedAgents } from './stored.ts'

const reader: AgentDefinition = { ...plainAgent, name: 'reader', source: 'file', systemPrompt: 'Read.' }

function definitionsOf(db: Database, agents: Record<string, AgentDefinition> = { reader }) {
  const stored = storedAgents(db, { completeAgent: (agent) => ({ ...agent, provider: 'p' }) })
  return new Definitions(db, { stored, configured: configuredAgents({ agents }) })
}

const define = (db: Database, version: Partial<NewVersion> = {}) =>
  db.transaction((tx) =>
    addVersion(tx, {
      ...{
        tenantId: 't',
        family: 'AgentDef',
        name: 'reader',
        definition: { system_prompt: 'Stored.' },
        description: '',
      },
      ...{ parentId: null, author: { createdBy: '', agentId: '', runId: null }, promote: true, now: 1 },
      ...version,
    }),
  )

describe('definitions of agents', () => {
  it('have the same id where they have the same content, in whatever order it was written', async () => {
    const db = await tempDatabase()
    const idOf = async (agent: AgentDefinition) => (await definitionsOf(db, { reader: agent }).get('t', 'reader')).defId
    const reversed = Object.fromEntries(Object.entries(reader).reverse()) as unknown as AgentDefinition
    expect(await idOf({ ...reversed, model: undefined })).toBe(await idOf(reader))
    expect(await idOf({ ...reader, systemPrompt: 'Write.' })).not.toBe(await idOf(reader))
  })

  it('are found as they were, by their own tenant, with what nobody had heard of then', async () => {
    const db = await tempDatabase()
    const definitions = definitionsOf(db)
    const { memoryScopes: _, ...old } = { ...reader, systemPrompt: 'Spell.' }
    await db.write([keepDefinition('t', 'def_old', old as AgentDefinition, 1)])
    expect(await definitions.get('t', 'reader')).toMatchObject({ agent: reader })
    expect(await definitions.get('t', 'reader', 'def_old')).toEqual({
      defId: 'def_old',
      agent: { ...reader, systemPrompt: 'Spell.' },
      isRow: false,
    })
    await expect(definitions.get('other', 'reader', 'def_old')).rejects.toThrow('unknown agent "reader"')
  })

  it('are what the tenant’s active version says, or else what is configured', async () => {
    const db = await tempDatabase()
    const definitions = definitionsOf(db)
    const prompt = async (tenantId = 't') => (await definitions.get(tenantId, 'reader')).agent.systemPrompt
    const draft = await define(db, { promote: false, definition: { system_prompt: 'Draft.' } })
    expect(await prompt()).toBe('Read.')
    const stored = await define(db)
    expect(await prompt()).toBe('Stored.')
    expect(await prompt('other')).toBe('Read.')
    await db.transaction((tx) => promote(tx, draft, 2))
    expect(await prompt()).toBe('Draft.')
    await db.transaction((tx) => retire(tx, draft, true, 3))
    expect(await prompt()).toBe('Read.')
    // A run that began with one goes on with it.
    expect((await definitions.get('t', 'reader', draft.id)).agent.systemPrompt).toBe('Draft.')
    expect((await definitions.get('t', 'reader', stored.id)).agent.systemPrompt).toBe('Stored.')
    await expect(definitions.get('other', 'reader', stored.id)).rejects.toThrow('unknown agent')
  })

  it('are listed once a name', async () => {
    const db = await tempDatabase()
    await define(db)
    await define(db, { name: 'stored', definition: { model: 'm', tools: ['Memory'] } })
    const definitions = definitionsOf(db, { reader, writer: { ...reader, name: 'writer' } })
    const listed = (await definitions.list('t')).map(({ agent }) => [agent.name, agent.systemPrompt, agent.source])
    expect(listed).toEqual([
      ['reader', 'Stored.', 'stored'],
      ['stored', '', 'stored'],
      ['writer', 'Read.', 'file'],
    ])
    expect((await definitions.get('t', 'stored')).agent).toMatchObject({ provider: 'p', model: 'm', tools: ['Memory'] })
    await expect(definitions.get('t', 'constructor')).rejects.toThrow('there are reader, stored, writer')
  })

  it('are chosen by a version of the name that is not retired', async () => {
    const db = await tempDatabase()
    const definitions = definitionsOf(db)
    const first = await define(db, { definition: { system_prompt: 'First.' } })
    await define(db)
    const choose = async (name: string, id?: string, tenantId = 't') =>
      (await definitions.choose(tenantId, name, id)).agent.systemPrompt
    expect(await choose('reader')).toBe('Stored.')
    expect(await choose('reader', first.id)).toBe('First.')
    await expect(choose('writer', first.id)).rejects.toThrow(`"writer" has no version "${first.id}"`)
    await expect(choose('reader', first.id, 'other')).rejects.toThrow('has no version')
    await db.transaction((tx) => retire(tx, first, true, 2))
    await expect(choose('reader', first.id)).rejects.toThrow(`version ${first.id} of "reader" is retired`)
    const configured = await definitionsOf(db, { other: { ...reader, name: 'other' } }).get('t', 'other')
    expect(
      (await definitionsOf(db, { other: { ...reader, name: 'other' } }).choose('t', 'other', configured.defId)).agent
        .name,
    ).toBe('other')
  })

  onSqlite('cost one read by a key where something begins, as soon as they were read once', async () => {
    const db = await tempDatabase()
    const { asking, plan } = await explained(db)
    await define(db)
    const definitions = definitionsOf(asking)
    await definitions.get('t', 'reader')
    plan()
    await definitions.get('t', 'reader')
    expect(plan()).toEqual([expect.stringMatching(/^SEARCH definition_names USING PRIMARY KEY/)])
  })
})
