import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesSchema, refusalOfText } from './statement-text.ts'

const piece = fc.constantFrom(
  'x',
  '1',
  ',',
  '(',
  ')',
  '*',
  '?',
  "'a;b'",
  "'it''s; --'",
  '"a;b"',
  '"a"";"',
  '`a;``b`',
  '[a;b]',
  '-- a; b\n',
  '/* a; b */',
  '/* -- */',
  '-',
  '/',
  'END',
  'ä🧵',
)
const pieces = fc.array(piece, { maxLength: 12 }).map((all) => all.join(' '))
const blank = fc.constantFrom('', ' ', '\n', ' -- over', '/* over; */', ';', ' ; ; ')

it('sees one statement where semicolons stand in quotes and comments only', () => {
  fc.assert(
    fc.property(pieces, blank, (text, after) => {
      expect(refusalOfText(`SELECT ${text} ${after}`, 'query')).toBeUndefined()
    }),
  )
})

it('sees the second statement behind anything', () => {
  fc.assert(
    fc.property(pieces, blank, fc.constantFrom('ATTACH', "'x'", '"x"', '[x]', '1', '('), (text, between, next) => {
      expect(refusalOfText(`SELECT ${text}\n;${between}\n${next}`, 'query')).toMatch(
        /more than one statement|does not end/,
      )
    }),
  )
})

it('never takes one kind of statement for another', () => {
  const comment = fc.array(fc.constantFrom(' ', '\n', '\t', '/**/', '/*SELECT*/', '-- SELECT\n'), { maxLength: 4 })
  const other = fc.constantFrom(
    'ATTACH',
    'pragma',
    'VaCuUm',
    'DETACH',
    'REINDEX',
    'ANALYZE',
    'EXPLAIN',
    'BEGIN',
    '"SELECT"',
  )
  fc.assert(
    fc.property(comment, other, pieces, (before, word, text) => {
      for (const mode of ['query', 'exec'] as const) {
        expect(refusalOfText(`${before.join('')}${word} ${text}`, mode)).toEqual(expect.any(String))
      }
    }),
  )
})

it('knows what changes the schema', () => {
  expect(['create table t (a)', '/**/ DROP TABLE t', '\nAlter table t add b'].map(changesSchema)).toEqual([
    true,
    true,
    true,
  ])
  expect(["INSERT INTO t VALUES ('CREATE')", 'DELETE FROM t'].map(changesSchema)).toEqual([false, false])
})
