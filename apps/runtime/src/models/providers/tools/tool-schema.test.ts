import { describe, expect, it } from 'vitest'
import { flattenSchema } from './tool-schema.ts'

const variant = (op: string, more: object, required: string[]) => ({
  type: 'object',
  properties: { op: { const: op }, ...more },
  required: ['op', ...required],
})

describe('flattenSchema', () => {
  it('leaves a plain object as it is', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    }
    expect(flattenSchema(schema)).toEqual(schema)
  })

  it('makes an object of an empty schema', () => {
    expect(flattenSchema({})).toEqual({ type: 'object', properties: {} })
  })

  it('lays a choice out side by side and requires what every branch requires', () => {
    const get = variant('get', { id: { type: 'string' } }, ['id'])
    const list = variant('list', { limit: { type: 'integer' } }, [])
    expect(flattenSchema({ oneOf: [get, list], additionalProperties: false })).toEqual({
      type: 'object',
      properties: {
        op: { type: 'string', enum: ['get', 'list'] },
        id: { type: 'string' },
        limit: { type: 'integer' },
      },
      required: ['op'],
    })
  })

  it('requires everything the parts of a whole require', () => {
    const parts = [
      { properties: { a: {} }, required: ['a'] },
      { properties: { b: {} }, required: ['b'] },
    ]
    expect(flattenSchema({ allOf: parts, required: ['c'], properties: { c: {} } })).toEqual({
      type: 'object',
      properties: { a: {}, b: {}, c: {} },
      required: ['c', 'a', 'b'],
    })
  })

  it('keeps both descriptions of a member that differs', () => {
    const text = { properties: { a: { type: 'string' } } }
    const number = { properties: { a: { type: 'number' } } }
    const boolean = { properties: { a: { type: 'boolean' } } }
    expect(flattenSchema({ anyOf: [text, number, boolean] }).properties).toEqual({
      a: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    })
  })

  it('follows references to its own definitions, even in circles', () => {
    const $defs = { Get: variant('get', { id: {} }, ['id']), Self: { oneOf: [{ $ref: '#/$defs/Self' }] } }
    const flat = flattenSchema({
      $defs,
      oneOf: [{ $ref: '#/$defs/Get' }, { $ref: '#/$defs/Self' }, { $ref: '#/nope' }],
    })
    expect(flat).toMatchObject({ type: 'object', properties: { op: { const: 'get' }, id: {} }, $defs })
    expect(flat).not.toHaveProperty('oneOf')
  })
})
