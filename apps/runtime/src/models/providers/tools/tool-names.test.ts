import { describe, expect, it } from 'vitest'
import { aTool } from '../testing/requests.ts'
import { createToolNames } from './tool-names.ts'

describe('createToolNames', () => {
  it('keeps names that fit', () => {
    const names = createToolNames([aTool('mcp__files__read')], [])
    expect(names.toWire('mcp__files__read')).toBe('mcp__files__read')
    expect(names.fromWire('unheard_of')).toBe('unheard_of')
  })

  it('finds its way back from every name, also from those of the history', () => {
    const odd = ['a.b', 'a/b', 'a b', '', '東京', 'x'.repeat(65), 'x'.repeat(66)]
    const content = odd.map((name) => ({ type: 'tool_use' as const, id: '1', name, input: {} }))
    const names = createToolNames([aTool('a_b')], [{ role: 'assistant', content }])
    const wire = odd.map((name) => names.toWire(name))
    expect(new Set([...wire, 'a_b']).size).toBe(odd.length + 1)
    for (const name of wire) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect(wire.map((name) => names.fromWire(name))).toEqual(odd)
  })

  it('gives a name the same alias in every request', () => {
    const alias = (...tools: string[]) =>
      createToolNames(
        tools.map((name) => aTool(name)),
        [],
      ).toWire('a.b')
    expect(alias('a.b')).toBe(alias('c.d', 'a.b', 'e'))
  })
})
