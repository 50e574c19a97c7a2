import { describe, expect, it } from 'vitest'
import {
  again,
  type ChunkEdit,
  confirmed,
  decided,
  edited,
  type Known,
  keepMine,
  met,
  mine,
  overtaken,
  refused,
  sent,
  shown,
  takeTheirs,
  unanswered,
  unsaved,
} from './chunk-edit.ts'
import type { Patch } from './patch.ts'

const known = (revision: number, more: Partial<Known> = {}): Known => ({
  title: 'Title',
  body: 'Text',
  status: 'open',
  fields: { due: '2026-06-01' },
  revision,
  ...more,
})
const origin = { title: 'Title', parentId: '' }
const onItsWay = (patch: Patch) => sent(edited(undefined, known(1), patch)!, 'k1')!

describe('an edit', () => {
  it('is what differs, with what was there when it was read', () => {
    expect(edited(undefined, known(1), { title: 'New', status: 'open' })).toEqual({
      origin,
      revision: 1,
      before: { title: 'Title' },
      waiting: { title: 'New' },
    })
  })

  it('is none where everything is as it was, also after it was something', () => {
    expect(edited(undefined, known(1), { title: 'Title' })).toBeUndefined()
    const edit = edited(undefined, known(1), { title: 'New' })
    expect(edited(edit, known(1), { title: 'Title' })).toBeUndefined()
  })

  it('keeps the newest words alone', () => {
    const edit = edited(edited(undefined, known(1), { body: 'One' }), known(1), { body: 'Two', 'fields.due': null })
    expect(edit).toMatchObject({ waiting: { body: 'Two', 'fields.due': null }, before: { body: 'Text' } })
  })
})

describe('sending', () => {
  it('takes what waits along with the revision that was read, and one at a time', () => {
    const edit = onItsWay({ title: 'New' })
    expect(edit).toEqual({
      origin,
      revision: 1,
      before: {},
      waiting: {},
      sending: { key: 'k1', revision: 1, before: { title: 'Title' }, patch: { title: 'New' } },
    })
    const more = edited(edit, known(1), { title: 'Newer' })!
    expect(sent(more, 'k2')).toBeUndefined()
    expect(unsaved(more)).toEqual({ title: 'Newer' })
  })

  it('is over when it is confirmed; what was typed meanwhile goes on from there', () => {
    expect(confirmed(onItsWay({ title: 'New' }), known(2, { title: 'New' }))).toBeUndefined()
    const more = edited(onItsWay({ title: 'New' }), known(1), { title: 'Newer' })!
    const next = confirmed(more, known(2, { title: 'New' }))!
    expect(next).toEqual({ origin, revision: 2, before: { title: 'New' }, waiting: { title: 'Newer' } })
    expect(sent(next, 'k2')?.sending).toMatchObject({ key: 'k2', revision: 2 })
  })

  it('is over also where the server writes it in another way', () => {
    const more = edited(onItsWay({ title: 'New ' }), known(1), { title: 'New words' })!
    const next = confirmed(more, known(2, { title: 'New' }))!
    expect(next).toEqual({ origin, revision: 2, before: { title: 'New' }, waiting: { title: 'New words' } })
  })

  it('back to how it was, while the other is on its way, is a change', () => {
    const back = edited(onItsWay({ title: 'New' }), known(1), { title: 'Title' })!
    expect(back.waiting).toEqual({ title: 'Title' })
    expect(confirmed(back, known(2, { title: 'New' }))?.waiting).toEqual({ title: 'Title' })
  })

  it('without an answer is sent again as it was, with the same key', () => {
    const away = unanswered(onItsWay({ title: 'New' }), 'away')
    expect(sent(away, 'k2')).toBeUndefined()
    expect(again(away).sending).toEqual({ key: 'k1', revision: 1, before: { title: 'Title' }, patch: { title: 'New' } })
  })

  it('that is refused comes back below newer words, and is not shown as if it were so', () => {
    const more = edited(onItsWay({ title: 'New' }), known(1), { title: 'Newer' })!
    const back = refused(more, 'no')
    expect(back).toMatchObject({
      waiting: { title: 'Newer' },
      before: { title: 'Title' },
      problem: { kind: 'refused', keys: ['title'], reason: 'no' },
    })
    expect(sent(back, 'k2')).toBeUndefined()
    expect(shown(known(1), back)).toEqual(known(1))
    expect(mine(known(1), back, 'title')).toBe('Newer')
    // Other words are another try.
    expect(edited(back, known(1), { title: 'Other' })?.problem).toBeUndefined()
  })

  it('of several parts that is refused is sent part by part, and only what is refused by itself stays behind', () => {
    const back = refused(onItsWay({ body: 'Too long', status: 'done', type: 'task' }), 'no')
    expect(back).toMatchObject({ waiting: { body: 'Too long', status: 'done', type: 'task' } })
    expect(back.problem).toBeUndefined()
    const first = sent(back, 'k2')!
    expect(first.sending?.patch).toEqual({ body: 'Too long' })
    const second = sent(refused(first, 'too long'), 'k3')!
    expect(second.sending?.patch).toEqual({ status: 'done' })
    expect(shown(known(1), second)).toMatchObject({ body: 'Text', status: 'done', type: 'task' })
    const third = sent(confirmed(second, known(2, { status: 'done' }))!, 'k4')!
    const left = confirmed(third, known(3, { status: 'done', type: 'task' }))!
    expect(left).toMatchObject({
      revision: 3,
      waiting: { body: 'Too long' },
      problem: { kind: 'refused', keys: ['body'], reason: 'too long' },
    })
    expect(sent(left, 'k5')).toBeUndefined()
    // What is changed besides is no other try of what was refused.
    expect(sent(edited(left, known(3), { title: 'New' })!, 'k5')?.sending?.patch).toEqual({ title: 'New' })
    expect(edited(left, known(3), { body: 'Short' })?.problem).toBeUndefined()
  })
})

describe('a newer revision', () => {
  const edit = edited(undefined, known(1), { title: 'Mine', 'fields.due': '2026-07-01' })!

  it('of other parts is what the edit goes on from', () => {
    const next = met(edit, known(2, { status: 'done', body: 'Other' }))!
    expect(next).toEqual({ ...edit, revision: 2 })
    expect(shown(known(2, { status: 'done' }), next)).toMatchObject({ title: 'Mine', status: 'done' })
  })

  it('that says the same leaves nothing to be said', () => {
    expect(met(edit, known(2, { title: 'Mine', fields: { due: '2026-07-01' } }))).toBeUndefined()
    expect(met(edit, known(2, { title: 'Mine' }))?.waiting).toEqual({ 'fields.due': '2026-07-01' })
  })

  it('of the same part is a conflict, with both versions whole', () => {
    const clash = met(edit, known(2, { title: 'Theirs' }))!
    expect(clash.problem).toEqual({ kind: 'conflict', keys: ['title'], theirs: known(2, { title: 'Theirs' }) })
    expect(clash).toMatchObject({ revision: 1, waiting: edit.waiting, before: edit.before })
    expect(sent(clash, 'k')?.sending?.patch).toEqual({ 'fields.due': '2026-07-01' })
    // What is not disputed is shown as it will be; what is, as it is.
    expect(shown(known(2, { title: 'Theirs' }), clash)).toMatchObject({
      title: 'Theirs',
      fields: { due: '2026-07-01' },
    })
    expect(mine(known(2, { title: 'Theirs' }), clash, 'title')).toBe('Mine')
  })

  it('of tags has both: what one has added and the other has taken away', () => {
    const tagged = edited(undefined, known(1, { tags: ['a', 'b'] }), { tags: ['a', 'b', 'mine'] })!
    const next = met(tagged, known(2, { tags: ['b', 'theirs'] }))!
    expect(next).toMatchObject({
      revision: 2,
      before: { tags: ['b', 'theirs'] },
      waiting: { tags: ['b', 'theirs', 'mine'] },
    })
    const going = sent(edited(undefined, known(1), { tags: ['one'] })!, 'k1')!
    const more = edited(going, known(1), { tags: ['one', 'two'] })!
    expect(confirmed(more, known(2, { tags: ['one', 'theirs'] }))?.waiting).toEqual({ tags: ['one', 'theirs', 'two'] })
  })

  it('of the text is put together with mine; where both are in the same place, all else is already together', () => {
    const text = (one: string, two: string) => `${one}\n\n${two}\n`
    const base = known(1, { body: text('One', 'Two') })
    const mine = edited(undefined, base, { body: text('One, mine', 'Two') })!
    expect(met(mine, known(2, { body: text('One', 'Two, theirs') }))).toMatchObject({
      revision: 2,
      before: { body: text('One', 'Two, theirs') },
      waiting: { body: text('One, mine', 'Two, theirs') },
    })
    const both = text('One, theirs', 'Two, theirs')
    const clash = met(mine, known(2, { body: both }))!
    expect(clash).toMatchObject({
      before: { body: text('One', 'Two, theirs') },
      waiting: { body: text('One, mine', 'Two, theirs') },
      problem: { kind: 'conflict', keys: ['body'] },
    })
    expect(takeTheirs(clash)).toBeUndefined()
    expect(keepMine(clash)).toMatchObject({ revision: 2, before: { body: both } })
    expect(decided(clash, 0, 'both')?.waiting.body).toBe('One, theirs\n\nOne, mine\n\nTwo, theirs\n')
  })

  it('of which the text was not read is not one to go on from with a text', () => {
    const mine = edited(undefined, known(1), { body: 'Mine' })!
    const { body: _, ...summary } = known(2)
    expect(met(mine, summary)).toBe(mine)
  })

  it('is met by what was written on the one before', () => {
    const text = (one: string, two: string) => `${one}\n\n${two}\n`
    const mine = edited(undefined, known(1, { body: text('One', 'Two') }), { body: text('One,', 'Two') })!
    const next = edited(mine, known(2, { body: text('One', 'Two!') }), { body: text('One, mine', 'Two') })
    expect(next).toMatchObject({ revision: 2, waiting: { body: text('One, mine', 'Two!') } })
  })

  it('is not a newer one where it is older, or the same', () => {
    expect(met(edit, known(1, { title: 'Theirs' }))).toBe(edit)
    const later = { ...edit, revision: 3 }
    expect(met(later, known(2, { title: 'Theirs' }))).toBe(later)
  })

  it('is not looked at while something is on its way: the answer will say', () => {
    const going = onItsWay({ title: 'Mine' })
    expect(met(going, known(2, { title: 'Theirs' }))).toBe(going)
    expect(overtaken(going, known(2, { title: 'Theirs' }))?.problem).toMatchObject({
      kind: 'conflict',
      keys: ['title'],
    })
    expect(overtaken(going, known(2, { status: 'done' }))).toEqual({
      origin,
      revision: 2,
      before: { title: 'Title' },
      waiting: { title: 'Mine' },
    })
    // A backup was restored.
    expect(overtaken({ ...going, sending: { ...going.sending!, revision: 5 } }, known(2))?.revision).toBe(2)
    // The answer was lost, and this is what it said.
    expect(overtaken(going, known(2, { title: 'Mine' }))).toBeUndefined()
  })

  it('ends a conflict where it takes it back', () => {
    const clash = met(edit, known(2, { title: 'Theirs' }))!
    expect(met(clash, known(3))?.problem).toBeUndefined()
    expect(met(clash, known(3, { title: 'Others' }))?.problem).toMatchObject({ theirs: { title: 'Others' } })
  })

  it('is met before anything else is typed', () => {
    expect(edited(edit, known(2, { title: 'Theirs' }), { title: 'Mine!' })).toMatchObject({
      waiting: { title: 'Mine!' },
      problem: { kind: 'conflict' },
    })
  })
})

describe('a conflict', () => {
  const theirs = known(4, { title: 'Theirs' })
  const clash = met(edited(undefined, known(1), { title: 'Mine', status: 'done' })!, theirs) as ChunkEdit

  it('is over with mine: it is sent on top of theirs', () => {
    const next = keepMine(clash)!
    expect(next).toEqual({
      origin,
      revision: 4,
      before: { title: 'Theirs', status: 'open' },
      waiting: { title: 'Mine', status: 'done' },
    })
    expect(sent(next, 'k')?.sending?.revision).toBe(4)
  })

  it('is over with theirs: what they did not touch is still mine', () => {
    expect(takeTheirs(clash)).toEqual({ origin, revision: 4, before: { status: 'open' }, waiting: { status: 'done' } })
    const alone = met(edited(undefined, known(1), { title: 'Mine' })!, theirs)!
    expect(takeTheirs(alone)).toBeUndefined()
  })

  it('does not hold up what nobody disputes', () => {
    const going = sent(clash, 'k')!
    expect(going.sending).toMatchObject({ revision: 4, patch: { status: 'done' } })
    const next = confirmed(going, known(5, { title: 'Theirs', status: 'done' }))!
    expect(next).toMatchObject({ revision: 1, before: { title: 'Title' }, waiting: { title: 'Mine' } })
    expect(next.problem).toMatchObject({ kind: 'conflict', keys: ['title'], theirs: { revision: 5 } })
    expect(keepMine(next)).toMatchObject({ revision: 5, before: { title: 'Theirs' }, waiting: { title: 'Mine' } })
    // Also where nobody heard it at first, it is still one.
    const late = confirmed(again(unanswered(going, 'away')), known(5, { title: 'Theirs', status: 'done' }))!
    expect(late.problem).toMatchObject({ kind: 'conflict', keys: ['title'] })
    expect(overtaken(going, known(5, { title: 'Others', status: 'open' }))).toMatchObject({
      revision: 1,
      waiting: { title: 'Mine', status: 'done' },
      problem: { keys: ['title'], theirs: { title: 'Others' } },
    })
  })

  it('stays while it is typed on, also where that comes to what was there', () => {
    expect(edited(clash, theirs, { title: 'Title' })).toMatchObject({
      waiting: { title: 'Title' },
      problem: { kind: 'conflict' },
    })
  })
})
