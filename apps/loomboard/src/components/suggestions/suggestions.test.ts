import { describe, expect, it } from 'vitest'
import { accept, type Suggestion, suggest, tokenAt } from './suggestions.ts'

const command = (label: string): Suggestion => ({ id: label, label, hint: '' })
const agent = (label: string): Suggestion => ({ id: label, label, hint: '', insert: label })
const sources = [
  { trigger: '/' as const, title: 'Commands', suggestions: [command('/compact'), command('/copy'), command('/stop')] },
  { trigger: '@' as const, title: 'Agents', suggestions: [agent('@writer'), agent('@ghost-writer')] },
]
const offered = (text: string) => {
  const token = tokenAt(text, text.length)
  return token ? suggest(sources, token).map(({ label }) => label) : undefined
}

describe('the composer offers', () => {
  it('commands at the start of a message only', () => {
    expect(offered('/')).toEqual(['/compact', '/copy', '/stop'])
    expect(offered('/co')).toEqual(['/compact', '/copy'])
    expect(offered('see /co')).toBeUndefined()
    expect(offered('/compact now')).toBeUndefined()
    expect(offered('/usr/bin')).toBeUndefined()
  })

  it('agents wherever a word begins with @, the nearest first', () => {
    expect(offered('ask @')).toEqual(['@writer', '@ghost-writer'])
    expect(offered('ask @wri')).toEqual(['@writer', '@ghost-writer'])
    expect(offered('(@gh')).toEqual(['@ghost-writer'])
    expect(offered('me@example')).toBeUndefined()
  })
})

it('offers what was found elsewhere after its own, and leaves room for it', () => {
  const agents = Array.from({ length: 12 }, (_, i) => agent(`@a${i}`))
  const found = Array.from({ length: 9 }, (_, i) => agent(`Document ${i}`))
  const offer = (from: Suggestion[], more: Suggestion[]) =>
    suggest([{ trigger: '@', title: '', suggestions: from }], tokenAt('@', 1)!, more).map(({ label }) => label)
  expect(offer(agents, found).slice(2, 5)).toEqual(['@a2', 'Document 0', 'Document 1'])
  expect(offer(agents, found)).toHaveLength(10)
  expect(offer([agent('@one')], found.slice(0, 2))).toEqual(['@one', 'Document 0', 'Document 1'])
})

it('knows a path and a chunk of it as one word', () => {
  expect(tokenAt('see @/docs/launch#brü', 21)).toMatchObject({ query: '/docs/launch#brü', from: 4 })
  expect(tokenAt('see @a#b#c', 10)).toBeUndefined()
})

it('puts a mention in place of the word, and keeps what stands after it', () => {
  const text = 'ask @wri about it'
  const token = tokenAt(text, 8)!
  expect(accept(text, token, agent('@writer'))).toEqual({ text: 'ask @writer about it', caret: 12 })
  expect(accept('/st', tokenAt('/st', 3)!, command('/stop'))).toEqual({ text: '', caret: 0 })
})
