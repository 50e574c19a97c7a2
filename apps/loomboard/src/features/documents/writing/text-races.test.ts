import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ChunkEdit, confirmed, decided, edited, isStuck, type Known, met, overtaken, sent } from './chunk-edit.ts'
import { putTogether } from './merge/put-together.ts'

const start = '# Plan\n\nFirst.\n\n- one\n- two\n\nLast.\n'

/** A server with one text, an agent that rewrites it, and somebody who types in it. */
function aText() {
  let server: Known = { title: 'Plan', body: start, revision: 1 }
  let seen = server
  let edit: ChunkEdit | undefined
  let keys = 0
  const typed: string[] = []
  const written: string[] = []
  const decidedAbout = new Set<string>()
  let together = 0
  const mine = () => edit?.waiting.body ?? edit?.sending?.patch.body ?? seen.body ?? ''
  const withWord = (text: string, at: number, word: string) => {
    const lines = text.split('\n')
    const line = at % lines.length
    lines[line] = `${lines[line]} ${word}`
    return lines.join('\n')
  }
  const meet = (how: (edit: ChunkEdit) => ChunkEdit | undefined, known: Known) => {
    if (!edit) return
    const next = how(edit)
    if (putTogether(edit, next, known)) together++
    edit = next
  }
  return {
    type(at: number) {
      const word = `mine${typed.push('')}.`
      typed[typed.length - 1] = word
      edit = edited(edit, seen, { body: withWord(mine(), at, word) })
    },
    rewrite(at: number) {
      const word = `theirs${written.push('')}.`
      written[written.length - 1] = word
      server = { ...server, body: withWord(server.body!, at, word), revision: server.revision + 1 }
    },
    hear() {
      seen = server
      meet((now) => met(now, server), server)
    },
    save() {
      if (edit) edit = sent(edit, `k${++keys}`) ?? edit
      if (!edit?.sending) return
      if (edit.sending.revision !== server.revision) {
        seen = server
        return meet((now) => overtaken(now, server), server)
      }
      server = { ...server, ...edit.sending.patch, revision: server.revision + 1 } as Known
      seen = server
      edit = confirmed(edit, server)
    },
    decide(choice: 'mine' | 'theirs' | 'both') {
      if (edit?.problem?.kind !== 'conflict') return
      for (const word of [...typed, ...written]) {
        const [has, had] = [mine().includes(word), edit.problem.theirs.body!.includes(word)]
        if (has !== had) decidedAbout.add(word)
      }
      edit = decided(edit, 0, choice)
    },
    state: () => ({ server, edit, typed, written, decidedAbout, together }),
  }
}

const step = fc.tuple(fc.constantFrom('type', 'rewrite', 'hear', 'save', 'mine', 'theirs', 'both'), fc.nat(20))

it('whatever an agent rewrites while somebody types: no word of either is gone but by a decision of a person', () => {
  let conflicts = 0
  let merges = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const text = aText()
      for (const [does, at] of steps) {
        if (does === 'type' || does === 'rewrite') text[does](at)
        else if (does === 'hear' || does === 'save') text[does]()
        else text.decide(does as 'mine' | 'theirs' | 'both')
      }
      for (let i = 0; i < 40 && (text.state().edit || i < 2); i++) {
        const { edit } = text.state()
        if (edit && isStuck(edit)) conflicts++
        text.decide('both')
        text.save()
        text.hear()
      }
      const { server, edit, typed, written, decidedAbout, together } = text.state()
      merges += together
      expect(edit).toBeUndefined()
      const lost = [...typed, ...written].filter((word) => !server.body!.includes(word))
      expect(lost.filter((word) => !decidedAbout.has(word))).toEqual([])
    }),
    { numRuns: 2000 },
  )
  expect(conflicts).toBeGreaterThan(0)
  expect(merges).toBeGreaterThan(0)
})
