import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { outputs } from '../scripts/outputs.ts'
import { printTypes } from '../scripts/print-types.ts'
import { type Endpoint, endpoint, object, op, opSet, optional, Text } from '../src/index.ts'

test('prints the same thing every time', () => {
  expect(outputs()).toEqual(outputs())
})

describe('printed types', () => {
  const answering = (result: Endpoint['result']) =>
    endpoint({ method: 'GET', path: '/', summary: '', access: 'any', result, errors: [], envelope: 'json' })
  const print = (result: Endpoint['result']) => printTypes({ get: answering(result) }, {}, ['internal'])

  test('carry descriptions, optional members, lists and nested shapes', () => {
    const inner = object('Inner', { n: Type.Integer() }, 'A part. */ Not an end.')
    const outer = object('Outer', {
      'odd-key': optional(Text('Why it is odd.')),
      list: Type.Array(inner),
      choice: Type.Array(Type.Union([Type.Literal("it's"), Type.Null()])),
      map: Type.Record(Type.String(), Type.Number()),
      deep: Type.Object({ any: Type.Unknown() }),
    })
    expect(print(outer)).toContain(`/** A part. *\\/ Not an end. */
export type Inner = {
  n: number
}

export type Outer = {
  /** Why it is odd. */
  'odd-key'?: string
  list: Inner[]
  choice: Array<'it\\'s' | null>
  map: Record<string, number>
  deep: {
    any: unknown
  }
}
`)
  })

  test('refuse two different schemas of one name', () => {
    const twice = object('Twice', { a: object('Same', { x: Text() }), b: object('Same', { y: Text() }) })
    expect(() => print(twice)).toThrow('two different schemas are called Same')
  })

  test('map an op set’s ops to what they take and answer', () => {
    const set = opSet({
      tool: 'Clock',
      description: 'Time.',
      access: 'any',
      ops: {
        now: op({
          name: 'now',
          description: 'The time.',
          idempotent: true,
          effect: 'reads',
          input: object('NowInput', {}),
          output: object('NowOutput', { ms: Type.Integer() }),
        }),
      },
    })
    expect(printTypes({}, { Clock: set }, [])).toContain(`/** Time. */
export interface ClockOps {
  /** The time. */
  now: { input: NowInput; output: NowOutput }
}
`)
  })
})
