import { describe, expect, it } from 'vitest'
import { fieldChips, parseSpecs } from './field-chips.ts'

const specs = parseSpecs([
  { name: 'date', kind: 'date', required: true },
  { name: 'channel', kind: 'select', options: ['blog', { value: 'forum' }] },
  { name: 'url', kind: 'url' },
  { name: 'words', kind: 'number' },
  { name: 'pictures', kind: 'checkbox' },
  'owner',
])
const now = new Date(2026, 5, 15, 12).getTime()
const chips = (fields: Record<string, unknown>, done = false) => fieldChips(fields, specs, { now, done })

describe('chips of fields', () => {
  it('stand in the declared order, undeclared ones after them, empty ones nowhere', () => {
    const names = chips({ extra: { a: 1 }, owner: 'Mira', words: 1200, pictures: true, channel: '', url: null })
    expect(names.map(({ name, text }) => [name, text])).toEqual([
      ['words', '1,200'],
      ['pictures', 'pictures'],
      ['owner', 'Mira'],
      ['extra', '{"a":1}'],
    ])
    expect(chips({ pictures: false })).toEqual([])
  })

  it('show when a date is over, unless the chunk is done', () => {
    expect(chips({ date: '2026-06-14' })).toMatchObject([{ text: 'Jun 14', overdue: true }])
    expect(chips({ date: '2026-06-14' }, true)[0]).not.toHaveProperty('overdue')
    expect(chips({ date: '2026-06-15' })[0]).not.toHaveProperty('overdue')
    expect(chips({ date: '2027-01-02' })).toMatchObject([{ text: 'Jan 2, 2027' }])
    expect(chips({ date: 'soon' })).toMatchObject([{ text: 'soon' }])
  })

  it('open addresses, and only such as may be opened', () => {
    expect(chips({ url: 'https://www.alder.example/blog/' })).toMatchObject([
      { text: 'alder.example/blog', href: 'https://www.alder.example/blog/' },
    ])
    expect(chips({ url: 'javascript:alert(1)' })[0]).not.toHaveProperty('href')
  })

  it('give every choice a colour of its own', () => {
    const [blog, forum] = [chips({ channel: 'blog' })[0]?.hue, chips({ channel: 'forum' })[0]?.hue]
    expect(blog).not.toBe(forum)
    expect([blog, forum]).toEqual([expect.any(Number), expect.any(Number)])
  })
})
