import { describe, expect, it } from 'vitest'
import { createRedactor } from './redactor.ts'

const redactor = createRedactor(new Map([['SERVICE_KEY', 'tulip-and-rose']]))
const mark = '[redacted-private-key]'

/** Lines of base64, no two alike. */
const lines = Array.from({ length: 3 }, (_, n) =>
  Buffer.from(Array.from({ length: 48 }, (_, at) => (n * 97 + at * 151 + ((n * at) % 13) * 31) % 256)).toString(
    'base64',
  ),
)
const letters = ['A', 'b', 'Q'].map((letter) => letter.repeat(20))

interface Kind {
  name: string
  headers?: string[]
  body?: string[]
}

const kinds: Kind[] = [
  { name: 'PRIVATE KEY' },
  { name: 'PRIVATE KEY', body: letters },
  { name: 'OPENSSH PRIVATE KEY' },
  {
    name: 'RSA PRIVATE KEY',
    headers: ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF'],
  },
  { name: 'PGP PRIVATE KEY BLOCK', headers: ['Version: GnuPG v1.4.11 (GNU/Linux)'], body: [...lines, 'cnVz', '=abcd'] },
  {
    name: 'PGP PRIVATE KEY BLOCK',
    headers: ['Version: Keybase OpenPGP v2.0.76', 'Comment: https://keybase.io/crypto (what it is, "in short").'],
    body: [...lines, '=a+c/'],
  },
  { name: 'PRIVATE KEY', headers: ['Hash: ABCDEFGHIJKLMNOPQRST rest of it'], body: letters },
  { name: 'PRIVATE KEY', headers: [`Comment: ${'a word '.repeat(40)}`] },
  { name: 'PRIVATE KEY', headers: ['comment:lower (case) C:\\keys\\mine', '', 'no header at all'] },
]
const breaks = ['\n', '\r\n', '\\n', '\\r\\n', '\\\\n', ' ', '\n> ']

function keyOf({ name, headers, body = [...lines, 'cnVzdA=='] }: Kind, between: string, isWhole = true): string {
  const above = headers ? [...headers, ''] : []
  return [`-----BEGIN ${name}-----`, ...above, ...body, ...(isWhole ? [`-----END ${name}-----`] : [])].join(between)
}

function streamed(text: string, length: number): string {
  const stream = redactor.stream()
  let out = ''
  for (let at = 0; at < text.length; at += length) out += stream.push(text.slice(at, at + length))
  return out + stream.end()
}

const cases = kinds.flatMap((kind) =>
  breaks.map((between): [string, string, Kind, string] => [kind.name, kind.headers?.[0] ?? '', kind, between]),
)

describe('a private key', () => {
  it.each(cases)('%s, with %s, goes from its name to its end, whatever the pieces', (name, _, kind, between) => {
    const text = `Here it is: ${keyOf(kind, between)} and that was it, tulip-and-rose.`
    const clean = redactor.text(text)
    expect(clean.startsWith(`Here it is: -----BEGIN ${name}-----${mark}`)).toBe(true)
    expect(clean.endsWith(`-----END ${name}----- and that was it, [redacted:SERVICE_KEY].`)).toBe(true)
    for (const line of kind.body ?? lines) expect(clean).not.toContain(line)
    for (let length = 1; length <= 200; length++) expect(streamed(text, length)).toBe(clean)
  })

  const clearWithoutEnd = cases.filter(([, header, { body }]) => header === '' || body !== letters)
  it.each(clearWithoutEnd)('%s, with %s, that has no end goes as far as its lines do', (_, __, kind, between) => {
    for (const after of ['', ` and so on, for so long. ${'It was not all. '.repeat(20)}`]) {
      const text = keyOf(kind, between, false) + after
      const clean = redactor.text(text)
      expect(clean).toContain(mark)
      expect(clean.endsWith(after.slice(-200))).toBe(true)
      for (const line of kind.body ?? lines) if (line.length >= 16) expect(clean).not.toContain(line)
      for (let length = 1; length <= 200; length += 7) expect(streamed(text, length)).toBe(clean)
    }
  })

  it('goes where another one or a certificate begins before it ends', () => {
    for (const other of ['-----BEGIN CERTIFICATE-----\n', keyOf(kinds[2]!, '\n')]) {
      const text = `${keyOf(kinds[3]!, '\n', false)}\n${other}\n${keyOf(kinds[0]!, '\n')}`
      const clean = redactor.text(text)
      for (const line of lines) expect(clean).not.toContain(line)
      for (const length of [1, 12, 100]) expect(streamed(text, length)).toBe(clean)
    }
  })

  it('longer than what is ever held is told in no part, and what follows it is', () => {
    const many = Array.from({ length: 1201 }, (_, n) => lines[n % lines.length]!)
    const key = keyOf({ name: 'PRIVATE KEY', body: many }, '\n')
    for (const length of [12, 100, 5000]) {
      const stream = redactor.stream()
      let [out, held, most] = ['', 0, 0]
      for (let at = 0; at < key.length; at += length) {
        const piece = key.slice(at, at + length)
        const told = stream.push(piece)
        held = told === '' ? held + piece.length : 0
        most = Math.max(most, held)
        out += told
      }
      out += stream.push(' and that was it.') + stream.end()
      expect(most).toBeLessThan(21_000)
      expect(out.replaceAll(mark, '').replaceAll('\n', '')).toBe(
        '-----BEGIN PRIVATE KEY----------END PRIVATE KEY----- and that was it.',
      )
    }
  })

  it.each(['\n', '\r\n', '\\n', '\n> '])('goes behind a header of any length that is held, with %j', (between) => {
    for (const length of [4000, 4050, 4096, 5000, 11_000]) {
      const kind = { name: 'PRIVATE KEY', headers: ['Version: 1', `Comment: ${'a word '.repeat(length / 7)}`] }
      for (const isWhole of [true, false]) {
        const key = keyOf(kind, between, isWhole)
        const clean = redactor.text(key)
        expect(clean).toContain(mark)
        for (const line of lines) expect(clean).not.toContain(line)
        for (const length of [50, 4096, 5000]) expect(streamed(key, length)).toBe(clean)
      }
    }
  })

  it('goes from a whole text however far its end is from its beginning', () => {
    const far = `-----BEGIN PRIVATE KEY-----\n${'What is it? '.repeat(5000)}\n${lines.join('\n')}\n-----END PRIVATE KEY-----`
    for (const line of lines) expect(redactor.text(far)).not.toContain(line)
  })

  it('that is named again and again in what reads as headers is no key, however often', () => {
    const names = '-----BEGIN PRIVATE KEY-----\nA: '.repeat(60_000)
    expect(redactor.text(names)).toBe(names)
  })

  it('that is only mentioned holds a text back for some pages at most', () => {
    const stream = redactor.stream()
    stream.push('-----BEGIN PRIVATE KEY----- is how it begins. ')
    let told = ''
    for (let n = 0; n < 50; n++)
      told += stream.push('Then there are many words of no weight at all, and none is a key. '.repeat(2))
    expect(told.length).toBeGreaterThan(6000)
  })
})
