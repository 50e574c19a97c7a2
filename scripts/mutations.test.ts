import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { mutations } from './mutations/index.ts'
import { type Mutation, mutated } from './mutations/mutation.ts'
import { root } from './paths.ts'

const mutation: Mutation = { name: 'a/b', file: 'x.ts', find: 'a < b', replacement: 'a <= $& b', tests: ['x.test.ts'] }

test('a mutation changes the one place it names, literally', () => {
  expect(mutated('if (a < b) c()', mutation)).toBe('if (a <= $& b) c()')
})

test.each(['if (a > b) c()', 'a < b && a < b'])(
  'a mutation is refused that does not find its text once: %s',
  (source) => {
    expect(() => mutated(source, mutation)).toThrow('a/b is stale: "a < b" stands')
  },
)

test('every mutation has a name of its own, changes something into a program, and its tests exist', () => {
  expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length)
  for (const one of mutations) {
    const source = readFileSync(join(root, one.file), 'utf8')
    expect(mutated(source, one)).not.toBe(source)
    // What cannot be read is noticed by every test.
    expect(parseSync(one.file, mutated(source, one)).errors, one.name).toEqual([])
    expect(one.tests.filter((file) => !existsSync(join(root, file)))).toEqual([])
  }
})
