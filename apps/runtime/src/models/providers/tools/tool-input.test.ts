import { describe, expect, it } from 'vitest'
import { parseToolInput, toolInputObject, whyUnreadable } from './tool-input.ts'

describe('parseToolInput', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['', {}],
    ['  \n', {}],
    ['null', {}],
    ['"{\\"a\\":1}"', { a: 1 }],
    ['{"a":', '{"a":'],
    ['[1]', '[1]'],
    ['"hello"', '"hello"'],
    ['7', '7'],
  ])('reads %j', (text, input) => {
    expect(parseToolInput(text)).toEqual(input)
  })

  it('goes back to the service as an object', () => {
    expect(toolInputObject({ a: 1 })).toEqual({ a: 1 })
    expect(toolInputObject('{"a":')).toEqual({ unreadable_arguments: '{"a":' })
    expect(toolInputObject(undefined)).toEqual({})
  })

  it('says what was expected where it was something else', () => {
    const schema = { properties: { to: {}, from: {}, text: {} }, required: ['text'] }
    expect(whyUnreadable('[1]', schema)).toBe(
      'the arguments must be a JSON object, not a list; expected is one object with text (required), to, from; nothing was run',
    )
    expect(whyUnreadable('{"a', { properties: {} })).toMatch(
      /^the arguments are not JSON: .+; expected is \{\}; nothing was run$/,
    )
    expect(whyUnreadable('7', {})).toBe('the arguments must be a JSON object, not a number; nothing was run')
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, {}]))
    expect(whyUnreadable('7', { properties: many })).toContain('m10, m11 and others; nothing')
  })
})
