import { opSets, toolSchema } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateGemini } from '../testing/validate-gemini.ts'
import { geminiSchema } from './schema.ts'

function complaintAbout(schema: Record<string, unknown>): string | undefined {
  const parameters = geminiSchema(schema)
  const functionDeclarations = [{ name: 'it', description: 'It.', ...(parameters ? { parameters } : {}) }]
  const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }]
  return validateGemini('gemini-2.5-flash', { contents, tools: [{ functionDeclarations }] })
}

const word = fc.constantFrom('object', 'array', 'string', 'integer', 'boolean', 'null', 'odd', '', 7, null)
const anySchema = fc.letrec<{ schema: Record<string, unknown>; any: unknown }>((tie) => ({
  schema: fc.record(
    {
      type: fc.oneof(word, fc.array(word, { maxLength: 3 })),
      properties: fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', '__proto__', ''), tie('any'), { maxKeys: 2 }), word),
      required: fc.array(fc.constantFrom('a', 'b', 'c', 7), { maxLength: 3 }),
      items: tie('any'),
      enum: fc.array(fc.oneof(word, fc.constant({})), { maxLength: 3 }),
      const: word,
      anyOf: fc.array(tie('any'), { maxLength: 2 }),
      oneOf: fc.array(tie('any'), { maxLength: 2 }),
      allOf: fc.array(tie('any'), { maxLength: 2 }),
      $ref: fc.constantFrom('#/$defs/A', '#/$defs/B', '#', '#/nope', 'https://elsewhere.test'),
      description: fc.oneof(fc.string(), fc.constant(7)),
      minItems: fc.oneof(fc.nat(), fc.constant('x')),
      nullable: fc.boolean(),
      format: fc.constantFrom('date-time', 'uri', 7),
    },
    { requiredKeys: [] },
  ),
  any: fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.constantFrom(true, null, 7, {}), tie('schema')),
})).schema

const member = (schema: object, more: object = {}) => {
  const { properties } = geminiSchema({ type: 'object', properties: { it: schema }, ...more })!
  return (properties as { it: Record<string, unknown> }).it
}

describe('a schema for Gemini', () => {
  it('says nothing of a tool that takes nothing', () => {
    expect(geminiSchema({})).toBeUndefined()
    expect(geminiSchema({ type: 'object', properties: {}, additionalProperties: false })).toBeUndefined()
  })

  it('drops every word that is not known there', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        at: { type: 'string', title: 'At', format: 'uri', pattern: '^a', default: 'a', maxLength: 5, examples: ['a'] },
        when: { type: 'string', format: 'date-time' },
        many: { type: 'array', uniqueItems: true, minItems: 1 },
        more: { type: 'object', additionalProperties: { type: 'string' }, description: 'Whatever.' },
        at_all: { type: 'boolean', maxLength: 'x' },
      },
      required: ['at', 'gone'],
      additionalProperties: false,
    }
    expect(geminiSchema(schema)).toEqual({
      type: 'object',
      properties: {
        at: { type: 'string', maxLength: 5 },
        when: { type: 'string', format: 'date-time' },
        many: { type: 'array', items: { type: 'string' }, minItems: 1 },
        more: { type: 'object', description: 'Whatever.' },
        at_all: { type: 'boolean' },
      },
      required: ['at'],
    })
  })

  it('writes out what is referred to, and ends where that would not', () => {
    const $defs = {
      Node: {
        type: 'object',
        properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/Node' } } },
      },
    }
    expect(member({ $ref: '#/$defs/Node', description: 'The root.' }, { $defs })).toEqual({
      type: 'object',
      description: 'The root.',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { type: 'object' } } },
    })
    expect(member({ $ref: '#/nowhere' })).toHaveProperty('anyOf')
  })

  it('lays unions of objects out side by side', () => {
    const one = { type: 'object', properties: { a: { const: 'x' }, b: { type: 'string' } }, required: ['a', 'b'] }
    const other = { type: 'object', properties: { a: { const: 'y' } }, required: ['a'] }
    const laidOut = {
      type: 'object',
      properties: { a: { type: 'string', enum: ['x', 'y'] }, b: { type: 'string' } },
      required: ['a'],
    }
    expect(geminiSchema({ oneOf: [one, other] })).toEqual(laidOut)
    expect(member({ anyOf: [one, other] })).toEqual(laidOut)
    expect(member({ type: 'object', properties: { c: {} }, anyOf: [{ required: ['c'] }] })).toMatchObject({
      properties: { c: { anyOf: expect.any(Array) } },
      required: ['c'],
    })
    expect(member({ allOf: [one, { properties: { d: { type: 'integer' } } }] })).toMatchObject({
      properties: { a: { type: 'string', enum: ['x'] }, b: { type: 'string' }, d: { type: 'integer' } },
    })
  })

  it('takes what may be nothing for what it is otherwise', () => {
    const nullable = { type: 'string', nullable: true }
    expect(member({ type: ['string', 'null'] })).toEqual(nullable)
    expect(member({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toEqual(nullable)
    expect(member({ enum: ['a', null] })).toEqual({ ...nullable, enum: ['a'] })
  })

  it('lets one choose between types, and between texts only', () => {
    expect(member({ type: ['string', 'integer'], description: 'Either.' })).toEqual({
      anyOf: [{ type: 'string' }, { type: 'integer' }],
      description: 'Either.',
    })
    expect(member({ anyOf: [{ const: 'a' }, { enum: ['b', 'a'] }] })).toEqual({ type: 'string', enum: ['a', 'b'] })
    expect(member({ enum: [1, 2], description: 'How many.' })).toEqual({
      type: 'number',
      description: 'How many. One of 1, 2.',
    })
    expect(member({ enum: ['', 'a'] })).toEqual({ type: 'string', description: 'One of "", "a".' })
    expect(member({ enum: [1, 'a'] })).toMatchObject({ anyOf: expect.any(Array), description: 'One of 1, "a".' })
  })

  it('does not grow without end', () => {
    const names = Array.from({ length: 12 }, (_, at) => `N${at}`)
    const anyOf = names.map((name) => ({ type: 'array', items: { $ref: `#/$defs/${name}` } }))
    const $defs = Object.fromEntries(names.map((name) => [name, { anyOf }]))
    const size = JSON.stringify(member({ $ref: '#/$defs/N0' }, { $defs })).length
    expect(size).toBeLessThan(2_000_000)
  })

  it('is accepted for each of our own tools', () => {
    for (const [name, set] of Object.entries(opSets)) expect(complaintAbout(toolSchema(set)), name).toBeUndefined()
  })

  it('is accepted whatever it was made of', () => {
    const property = fc.property(anySchema, anySchema, anySchema, (schema, A, B) => {
      expect(complaintAbout({ ...schema, $defs: { A, B } })).toBeUndefined()
    })
    fc.assert(property, { numRuns: 500 })
  })
})
