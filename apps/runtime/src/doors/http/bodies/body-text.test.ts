import { describe, expect, it } from 'vitest'
import { textOf } from './body-text.ts'

describe('the text of a body', () => {
  it.each([
    [undefined, [0xc3, 0xbc], 'ü'],
    ['application/json', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '{}'],
    ['application/json; charset=UTF-8', [0xc3, 0xbc], 'ü'],
    ['application/json;charset="iso-8859-1"', [0xfc], 'ü'],
    ['text/plain; charset=utf-16le', [0xfc, 0x00], 'ü'],
  ])('is read in its charset: %s', (type, bytes, text) => {
    expect(textOf(new Uint8Array(bytes), type)).toBe(text)
  })

  it.each([
    [undefined, 'invalid_json'],
    ['application/json; charset=utf8', 'invalid_json'],
    ['application/json; charset=klingon', 'unsupported_media_type'],
  ])('is not guessed at: %s', (type, code) => {
    expect(() => textOf(new Uint8Array([0x22, 0xfc, 0x22]), type)).toThrow(expect.objectContaining({ code }))
  })
})
