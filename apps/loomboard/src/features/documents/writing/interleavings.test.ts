import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  again,
  type ChunkEdit,
  confirmed,
  edited,
  type Known,
  keepMine,
  met,
  overtaken,
  refused,
  sent,
  takeTheirs,
  unanswered,
  unsaved,
} from './chunk-edit.ts'
import { type Key, keysOf, type Patch, partOf, same, toChange, withPatch } from './patch.ts'

const parts = ['title', 'body', 'status', 'tags'] as const
const values = {
  title: ['A', 'B', 'C'],
  body: ['', 'x', 'y'],
  status: ['', 'open', 'done'],
  tags: [[], ['a'], ['b'], ['a', 'b']],
}
const patch: fc.Arbitrary<Patch> = fc
  .constantFrom(...parts)
  .chain((part) => fc.constantFrom(...(values[part] as unknown[])).map((value) => ({ [part]: value })))
const step = fc.oneof(
  fc.record({ does: fc.constant('type' as const), patch }),
  fc.record({ does: fc.constant('others' as const), patch }),
  fc.record({ does: fc.constantFrom('send', 'lose', 'hear', 'answer', 'refuse', 'tag', 'mine', 'theirs') }),
)

/** A server with one chunk, one page that writes it, and others. */
function aRace() {
  let server: Known = { title: 'A', body: '', status: '', tags: [], revision: 1 }
  let seen = server
  let edit: ChunkEdit | undefined
  const done = new Map<string, Known>()
  let keys = 0
  const overwritten: string[] = []

  /** What the server says to what is on its way. */
  function answer(isRefused: boolean): (edit: ChunkEdit) => ChunkEdit | undefined {
    const { key, revision, before, patch } = edit!.sending!
    const known = done.get(key)
    if (known) return (now) => confirmed(now, known)
    if (isRefused) return (now) => refused(now, 'no')
    const current = server
    if (revision !== current.revision) return (now) => overtaken(now, current)
    for (const each of keysOf(patch)) {
      const is = partOf(current, each)
      if (each !== 'tags' && !same(is, before[each]) && !same(is, patch[each])) overwritten.push(each)
    }
    const { add_tags = [], remove_tags = [] } = toChange(patch, before)
    const tags = [...new Set([...(current.tags ?? []).filter((tag) => !remove_tags.includes(tag)), ...add_tags])].sort()
    server = { ...withPatch(current, patch), tags, revision: current.revision + 1 }
    done.set(key, server)
    const made = server
    return (now) => confirmed(now, made)
  }

  return {
    overwritten,
    server: () => server,
    edit: () => edit,
    /** What the server has not had yet; what it has had, others may have replaced since. */
    unsaved(): Patch {
      if (!edit) return {}
      return edit.sending && done.has(edit.sending.key) ? edit.waiting : unsaved(edit)
    },
    type(patch: Patch) {
      edit = edited(edit, seen, patch)
    },
    others(patch: Patch) {
      server = { ...withPatch(server, patch), revision: server.revision + 1 }
    },
    tag() {
      server = { ...server, tags: [...new Set([...(server.tags ?? []), 'others'])].sort() }
    },
    send() {
      if (edit) edit = sent(edit, `k${++keys}`) ?? edit
    },
    /** The request arrives, and nobody hears the answer. */
    lose() {
      if (!edit?.sending) return
      answer(false)
      edit = again(unanswered(edit, 'away'))
    },
    answer(isRefused = false) {
      if (!edit?.sending) return
      edit = answer(isRefused)(edit)
      if (seen.revision <= server.revision) seen = server
    },
    hear() {
      seen = server
      if (edit) edit = met(edit, seen)
    },
    decide(how: typeof keepMine) {
      if (edit) edit = how(edit)
    },
  }
}

it('whoever is first: nothing is replaced that its author has not seen, and all words are saved or still theirs', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const race = aRace()
      for (const { does, ...more } of steps) {
        if (does === 'type' || does === 'others') race[does]((more as { patch: Patch }).patch)
        else if (does === 'refuse') race.answer(true)
        else if (does === 'mine') race.decide(keepMine)
        else if (does === 'theirs') race.decide(takeTheirs)
        else race[does as 'send' | 'lose' | 'hear' | 'answer' | 'tag']()
      }
      expect(race.overwritten).toEqual([])
      // Everything is decided, and nobody refuses anything any more.
      race.decide(keepMine)
      const wanted = race.unsaved()
      const { sending, before = {} } = race.edit() ?? {}
      // Whoever has taken back what they wrote wants what others have made of it.
      const isTakenBack = (key: Key) => same(wanted[key], { ...before, ...sending?.before }[key])
      for (let i = 0; i < 12 && race.edit(); i++) {
        race.decide((edit) => (edit.problem?.kind === 'refused' ? again(edit) : edit))
        race.send()
        race.answer()
        race.decide(keepMine)
      }
      expect(race.edit()).toBeUndefined()
      for (const key of keysOf(wanted))
        if (key !== 'tags' && !isTakenBack(key)) expect(partOf(race.server(), key)).toEqual(wanted[key])
    }),
    { numRuns: 3000 },
  )
})
