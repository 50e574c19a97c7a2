import { describe, expect, it } from 'vitest'
import { parseToolInput, toolInputObject } from './tool-input.ts'

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
})
