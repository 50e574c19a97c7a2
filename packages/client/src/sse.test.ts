import { expect, test } from 'vitest'
import { type SseFrame, SseParser } from './sse.ts'

const encoder = new TextEncoder()

function parse(text: string): SseFrame[] {
  const parser = new SseParser()
  return [...parser.push(encoder.encode(text)), ...parser.end()]
}

test('reads event, data and id in any order', () => {
  expect(parse('id: 4\nevent: text\ndata: {}\n\ndata: {"a":1}\nevent:done\nid:5\n\n')).toEqual([
    { event: 'text', data: '{}', id: '4' },
    { event: 'done', data: '{"a":1}', id: '5' },
  ])
})

test('takes CRLF line ends and drops a byte order mark', () => {
  expect(parse('\uFEFFevent: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n')).toEqual([
    { event: 'a', data: '1', id: '' },
    { event: '', data: '2', id: '' },
  ])
})

test('ignores comments, retry and indented lines', () => {
  expect(parse(': keepalive\n\nretry: 100\n event: no\ndata: 1\n\n')).toEqual([{ event: '', data: '1', id: '' }])
})

test('keeps the last of several data lines', () => {
  expect(parse('data: 1\ndata: 2\n\n')).toEqual([{ event: '', data: '2', id: '' }])
})

test('drops a frame without data, and its name and number with it', () => {
  expect(parse('event: a\nid: 3\n\ndata: 1\n\n')).toEqual([{ event: '', data: '1', id: '' }])
})

test('yields the last frame without its blank line or newline', () => {
  expect(parse('event: a\ndata: 1\n')).toEqual([{ event: 'a', data: '1', id: '' }])
  expect(parse('event: a\ndata: 1')).toEqual([{ event: 'a', data: '1', id: '' }])
})

test('gives the same frames wherever the bytes are split', () => {
  const text = 'id: 1\r\nevent: text\r\ndata: {"text":"grüß 世界 👋"}\r\n\r\n: k\n\nid: 2\ndata: {}\n\n'
  const whole = parse(text)
  const bytes = encoder.encode(text)
  for (let at = 0; at <= bytes.length; at++) {
    const parser = new SseParser()
    const frames = [...parser.push(bytes.slice(0, at)), ...parser.push(bytes.slice(at)), ...parser.end()]
    expect(frames).toEqual(whole)
  }
  const byByte = new SseParser()
  expect([...bytes].flatMap((byte) => byByte.push(Uint8Array.of(byte)))).toEqual(whole)
})

test('reads a line of megabytes that comes in small pieces', () => {
  const parser = new SseParser()
  const piece = encoder.encode('x'.repeat(1024))
  parser.push(encoder.encode('data: '))
  for (let i = 0; i < 4096; i++) parser.push(piece)
  const [frame] = parser.push(encoder.encode('\n\n'))
  expect(frame?.data.length).toBe(4096 * 1024)
})
