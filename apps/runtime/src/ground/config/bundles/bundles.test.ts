import { documentOps } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { load, loadIn } from '../testing/loaded.ts'
import { bundles, toYaml, usualBundles } from './index.ts'

const key = { ANTHROPIC_API_KEY: 'sk-test' }
const bundledIn = ({ agents }: Awaited<ReturnType<typeof load>>) =>
  Object.values(agents).flatMap(({ name, source }) => (source === 'bundled' ? [name] : []))

describe('bundles', () => {
  it('are those that were always there, unless others are chosen', async () => {
    expect(usualBundles).toEqual(['base', 'document-agent', 'launch'])
    const agents = ['assistant', 'demo', 'doc/manager', 'launch/drafter', 'launch/reporter']
    expect(bundledIn(await load({}, key))).toEqual(agents)
  })

  it('are chosen by a file, and before that by the environment', async () => {
    const file = { 'a.yaml': 'bundles: [chat, agent-teams, chat]' }
    const chosen = await load(file, key)
    expect(bundledIn(chosen).map((name) => name.split('/')[0])).toEqual([
      ...Array(3).fill('chat'),
      ...Array(4).fill('team'),
    ])
    expect(Object.keys(chosen.skills)).toEqual(['team/brief'])
    expect(chosen.defaultAgent).toBe('chat/medium')
    expect(bundledIn(await load(file, { ...key, LOOMCYCLE_PRESETS: 'base' }))).toEqual(['assistant', 'demo'])
    const none = await load({ 'a.yaml': 'bundles: []' }, key)
    expect([Object.keys(none.agents), Object.keys(none.skills), none.defaultAgent]).toEqual([[], [], ''])
  })

  it('are refused by names that are none', async () => {
    await expect(load({ 'a.yaml': 'bundles: [chats]' })).rejects.toThrow(
      'bundles names the bundle "chats", which is not known; did you mean chat?',
    )
    await expect(loadIn('/', { LOOMCYCLE_PRESETS: 'zzzzzzzz' })).rejects.toThrow(
      'LOOMCYCLE_PRESETS names the bundle "zzzzzzzz", which is not known; there are base, chat, document-agent',
    )
  })

  it.each(bundles)('$name is a configuration file that says the same and works without a word', async (bundle) => {
    const { name } = bundle
    const setUp = { ...key, OLLAMA_BASE_URL: 'http://127.0.0.1:11434' }
    const bundled = await load({}, { ...setUp, LOOMCYCLE_PRESETS: name })
    const own = await load({ 'a.yaml': `bundles: []\n${toYaml(bundle)}` }, setUp)
    const said = (part: Record<string, { source: string }>) =>
      Object.fromEntries(Object.entries(part).map(([key, value]) => [key, { ...value, source: '' }]))
    expect(said(own.agents)).toEqual(said(bundled.agents))
    expect(said(own.skills)).toEqual(said(bundled.skills))
    expect([...bundled.warnings, ...own.warnings]).toEqual([])
  })

  it('speak of ops and settings that there are', () => {
    const known = Object.values(documentOps.ops).flatMap(({ name, input }) => [name, ...Object.keys(input.properties)])
    const skills = bundles.flatMap(({ skills = {} }) => Object.values(skills).map(({ body = '' }) => body))
    const named = skills.flatMap((body) => [...body.matchAll(/`(\w+)`/g)].map(([, word]) => word!))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((word) => !known.includes(word) && word !== 'revision')).toEqual([])
  })
})
