import { describe, expect, it } from 'vitest'
import { createSseParser } from './sse.ts'
import { everyCut, messagesOf, stretches } from './testing/cuts.ts'
import { ANTHROPIC_STREAMS, findStream, OPENAI_STREAMS } from './testing/streams.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const data = (text: string) => messagesOf(bytes(text)).map((message) => message.data)

describe('createSseParser', () => {
  it('reads events with their names', () => {
    expect(messagesOf(bytes('event: ping\ndata: {}\n\ndata: x\n\n'))).toEqual([
      { event: 'ping', data: '{}' },
      { event: 'message', data: 'x' },
    ])
  })

  it('takes every line ending', () => {
    expect(data('data: a\r\n\r\ndata: b\r\rdata: c\n\n')).toEqual(['a', 'b', 'c'])
  })

  it('joins several data lines and strips one space only', () => {
    expect(data('data: a\ndata:b\ndata:  c\n\n')).toEqual(['a\nb\n c'])
  })

  it('skips comments, unknown fields, events without data, and a byte order mark', () => {
    expect(data('\uFEFF: hello\nid: 7\nretry: 10\ndata: a\n\nevent: nothing\n\ndata\n\n')).toEqual(['a', ''])
  })

  it('hands over a last event that lacks its blank line, and says where it lacks the end of its last line, too', () => {
    expect(data('data: a\n\ndata: b\n')).toEqual(['a', 'b'])
    expect(messagesOf(bytes('data: a\n\ndata: {"ha')).at(-1)).toEqual({ event: 'message', data: '{"ha', cut: true })
  })

  it('reads the same however the bytes are cut', () => {
    const text = '\uFEFF: c\r\nevent: e\r\ndata: Grüße 👩‍👩‍👧\rdata: 東京\n\ndata: z\r\r\n'
    const whole = messagesOf(bytes(text))
    expect(whole).toHaveLength(2)
    for (const parts of everyCut(bytes(text))) expect(messagesOf(...parts)).toEqual(whole)
    expect(messagesOf(...Array.from(bytes(text), (byte) => Uint8Array.of(byte)))).toEqual(whole)
  })

  it('refuses an event without end', () => {
    const parser = createSseParser(100)
    expect(() => {
      for (let n = 0; n < 20; n++) parser.push(bytes('data: 0123456789'))
    }).toThrow('longer than 100')
  })

  it('does not mind a long silence of comments', () => {
    const parser = createSseParser(100)
    for (let n = 0; n < 50; n++) parser.push(bytes(': still here\n'))
    expect(parser.push(bytes('data: a\n\n'))).toHaveLength(1)
  })

  describe.each([...ANTHROPIC_STREAMS, ...OPENAI_STREAMS])('the stream %s', (name) => {
    const sse = findStream(name)

    it.skipIf(sse === undefined)('reads the same whichever byte it is cut at', () => {
      for (const stretch of stretches(sse!, 6)) {
        const whole = JSON.stringify(messagesOf(bytes(stretch)))
        for (const parts of everyCut(bytes(stretch))) {
          if (JSON.stringify(messagesOf(...parts)) !== whole) expect.fail(`differs at byte ${parts[0].length}`)
        }
      }
    })
  })
})
