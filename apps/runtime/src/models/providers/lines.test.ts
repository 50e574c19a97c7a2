import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineParser } from './lines.ts'

const read = (...chunks: Uint8Array[]) => {
  const parser = createLineParser()
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()]
}
const bytes = (text: string) => new TextEncoder().encode(text)
const said = (text: string) => read(bytes(text)).map(({ data }) => data)

describe('lines of JSON', () => {
  it('are told apart, whatever ends them', () => {
    expect(said('{"a":1}\n{"b":2}\r\n\n  \n{"c":3}\n')).toEqual(['{"a":1}', '{"b":2}', '{"c":3}'])
  })

  it('may be framed as events on their way', () => {
    expect(said(': hello\nevent: message\ndata: {"a":1}\n\nid: 7\ndata:{"b":2}\n\nretry: 5\n')).toEqual([
      '{"a":1}',
      '{"b":2}',
    ])
  })

  it('say which one the stream ended in the middle of', () => {
    expect(read(bytes('{"a":1}\n{"b":'))).toEqual([
      { event: 'message', data: '{"a":1}' },
      { event: 'message', data: '{"b":', cut: true },
    ])
  })

  it('end somewhere', () => {
    expect(() => createLineParser(10).push(bytes('x'.repeat(11)))).toThrow('longer than 10')
    const parser = createLineParser(10)
    expect([...parser.push(bytes('12345\n')), ...parser.push(bytes('1234567890\n'))]).toHaveLength(2)
  })

  it('come out the same, wherever their bytes are cut', () => {
    const value = fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' }), { maxKeys: 3 })
    const property = fc.property(
      fc.array(value, { maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (all, cuts) => {
        const whole = bytes(all.map((one) => `${JSON.stringify(one)}\n`).join(''))
        const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length]
        const messages = read(...places.slice(1).map((end, at) => whole.slice(places[at], end)))
        expect(messages.map(({ data }) => JSON.parse(data))).toEqual(JSON.parse(JSON.stringify(all)))
      },
    )
    fc.assert(property, { numRuns: 500 })
  })
})
