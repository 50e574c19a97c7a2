import { expect, it } from 'vitest'
import { translated } from './translate.ts'

it.each([
  ['select ? from t where a = ? and b = ?', 'select $1 from t where a = $2 and b = $3'],
  [`select '?', 'it''s ?' from t where a = ?`, `select '?', 'it''s ?' from t where a = $1`],
  ['select * from a cross join b as x on x.n = a.n', 'select * from a join b as x on x.n = a.n'],
  ['select * from a cross join b', 'select * from a cross join b'],
  ['select * from t indexed by t_by_a where a = ?', 'select * from t where a = $1'],
])('%s', (ours, theirs) => {
  expect(translated(ours)).toBe(theirs)
})
