import { describe, expect, it } from 'vitest'
import { targetIn, wishIn } from './wish.ts'

const id = '0123456789abcdef0123456789abcdef'

describe('what a message is about', () => {
  it.each([
    [`x\n\nAbout: [launch#Goals](/docs/launch?card=${id})`, { ids: [id], document: { path: '/docs/launch' } }],
    [
      `[Goals](/documents/${id}?card=%22${id.replace('a', '1')}%22)`,
      { ids: [id.replace('a', '1')], document: { document_id: id } },
    ],
    ['[plans/q3](/docs/plans/q3)', { ids: [], document: { path: '/docs/plans/q3' } }],
    ['[notes](/docs/~/team/notes)', { ids: [], document: { path: '/team/notes' } }],
    ['[half](/docs/100%)', { ids: [], document: { path: '/docs/100%' } }],
    ['see [this](https://example.com/docs/launch)', undefined],
    ['nothing', undefined],
  ])('%s', (message, target) => {
    expect(targetIn(message)).toEqual(target)
  })

  it('is the last that it names', () => {
    const other = id.replace('0', 'f')
    const message = `not [a](/docs/a?card=${other}) but [b](/docs/b?card=${id})`
    expect(targetIn(message)).toEqual({ ids: [id], document: { path: '/docs/b' } })
  })

  it('is everything that was selected, whatever else it names', () => {
    const other = id.replace('0', 'f')
    const message = `As in [a](/docs/a?card=${id.replace('1', 'e')})\n\nAbout: [b](/docs/b?card=${id}), [c](/docs/b?card=${other})`
    expect(targetIn(message)).toEqual({ ids: [id, other], document: { path: '/docs/b' } })
  })
})

describe('what a message asks for', () => {
  it.each([
    ['Move it to drafted', { kind: 'move', status: 'drafted' }],
    ['please put [launch#A](/docs/launch) into "In Review".', { kind: 'move', status: 'in-review' }],
    ['Rename it to “A shorter title”', { kind: 'rename', title: 'A shorter title' }],
    ['call it Plan B', { kind: 'rename', title: 'Plan B' }],
    ['tag it with urgent', { kind: 'tag', tag: 'urgent' }],
    ['Add a card called Thank everybody', { kind: 'create', title: 'Thank everybody' }],
    ['Note: ask Ada first', { kind: 'append', text: 'ask Ada first' }],
    ['delete this', { kind: 'delete' }],
    ['What is this?', { kind: 'tell' }],
    ['Delete it\n\nAbout: [Move it to x](/docs/launch)', { kind: 'delete' }],
  ])('%s', (message, wish) => {
    expect(wishIn(message)).toEqual(wish)
  })
})
