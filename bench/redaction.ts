import { createRedactor } from '../apps/runtime/src/ground/config/redaction/redactor.ts'
import { atLeast, type Benchmark, type Measurement, median } from './benchmark.ts'

const MB = 2 ** 20
const rounds = 5
/** About what a service sends at once. */
const piece = 24

const ordinary = {
  prose: 'The quick brown fox jumps over the lazy dog, and says hello to everybody around.\n',
  code: 'const token = readToken(request) // see https://example.org:8080/x#y for the api_key: string\n',
}

/** Each begins what a secret looks like, over and over. */
const key = '-----BEGIN PRIVATE KEY-----\n'
const hostile = ['token=', 'sk-', 'eyJ-', 'eyJaaaaaaaa.', '://a:', 'X_KEY=', key, `${key}A: `]

const secrets = new Map([
  ['SERVICE_KEY', 'tulip-and-rose-and-more'],
  ['OTHER_TOKEN', '0123456789abcdefXYZ'],
])

export const redaction: Benchmark = {
  name: 'redaction',
  async run() {
    const redactor = createRedactor(secrets)
    const stream = (text: string) => {
      const stream = redactor.stream()
      for (let at = 0; at < text.length; at += piece) stream.push(text.slice(at, at + piece))
      stream.end()
    }
    const rows: Measurement[] = Object.entries(ordinary).flatMap(([name, line]) => [
      atLeast(`redaction of ${name}`, speed(line, MB, redactor.text), 20, 'MB/s'),
      atLeast(`redaction of ${name} in pieces of ${piece} characters`, speed(line, MB, stream), 0.5, 'MB/s'),
    ])
    const slowest = (size: number, work: (text: string) => void) =>
      Math.min(...hostile.map((begin) => speed(begin, size, work)))
    rows.push(atLeast('redaction of the worst hostile text, 1 MB', slowest(MB, redactor.text), 10, 'MB/s'))
    rows.push(atLeast('the same, 4 MB', slowest(4 * MB, redactor.text), 10, 'MB/s'))
    rows.push(atLeast('the same in pieces', slowest(MB / 4, stream), 0.05, 'MB/s'))
    return rows
  },
}

/** MB a second over a text of this size that says the same again and again. */
function speed(again: string, size: number, work: (text: string) => void): number {
  const text = again.repeat(Math.ceil(size / again.length))
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now()
    work(text)
    return performance.now() - started
  })
  return text.length / MB / (median(times) / 1000)
}
