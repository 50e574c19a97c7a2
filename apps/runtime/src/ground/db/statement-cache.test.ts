import { expect, it } from 'vitest'
import { StatementCache } from './statement-cache.ts'

it('keeps what is in use, however many others pass by, and never more than twice its size', () => {
  const made: string[] = []
  const cache = new StatementCache(10, (sql) => {
    made.push(sql)
    return { sql }
  })
  for (let n = 0; n < 1000; n++) {
    expect(cache.get('hot')).toEqual({ sql: 'hot' })
    expect(cache.get(`cold ${n}`)).toEqual({ sql: `cold ${n}` })
  }
  expect(made.filter((sql) => sql === 'hot')).toEqual(['hot'])
  const before = made.length
  for (let n = 980; n < 1000; n++) cache.get(`cold ${n}`)
  expect(made.length - before).toBeGreaterThan(0)
  expect(made.length - before).toBeLessThan(20)
})

it('forgets nothing while it is small', () => {
  let made = 0
  const cache = new StatementCache(10, () => ++made)
  for (let round = 0; round < 5; round++) for (let n = 0; n < 10; n++) cache.get(`${n}`)
  expect(made).toBe(10)
})
