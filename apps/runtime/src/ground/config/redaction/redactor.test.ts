import { array, assert, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from './redactor.ts'
import { secretsIn } from './secrets.ts'

const env = {
  SERVICE_KEY: 'tulip-and-rose',
  SERVICE_TOKEN: 'tulip-and-rose-and-more',
  QUOTED_SECRET: 'say "friend"',
  SHORT_KEY: 'abc12',
  WORD_PASSWORD: 'secret',
  PIN_PASSWORD: 'abc123',
  GITHUB_PAT: 'lily-of-the-valley',
  SENTRY_DSN: 'https://lily@errors.example/7',
  DATABASE_URL: 'postgres://ada:pansy+violet@db.example:5432/app?x=1',
  KEYBOARD: 'not-a-secret-at-all',
  HOMEPAGE_URL: 'https://ada.example:8080/@ada',
}
const redactor = createRedactor(secretsIn(env, []))
const redact = redactor.text

const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA1234567890+/abcdefghijklmnopqrstuvwxyzABCDEFGHIJ\n'.repeat(3)}cnVzdA==\n-----END RSA PRIVATE KEY-----`
const pemWithHeaders = pem.replace(
  '\n',
  '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF\n\n',
)
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'

/** What goes, and what stays of it. */
const shaped = [
  ['Authorization: Bearer abcdefghijklmnop1', 'Authorization: Bearer [redacted-authorization]'],
  ['{"authorization":"Bearer abcdefghijklmnop1"}', '{"authorization":"Bearer [redacted-authorization]"}'],
  ['-H "bearer abcdefghijklmnop"', '-H "bearer [redacted-token]"'],
  [`key sk-ant-${'a1'.repeat(12)}.`, 'key [redacted-key].'],
  [`use sk-proj-${'aB3_-'.repeat(12)} here`, 'use [redacted-key] here'],
  ['AKIAIOSFODNN7EXAMPLE', '[redacted-key]'],
  [`sk_live_${'a1B2'.repeat(6)}`, '[redacted-key]'],
  [`?key=AIza${'Sy-1_'.repeat(7)}&x`, '?key=[redacted-key]&x'],
  [`ghp_${'a'.repeat(36)}`, '[redacted-token]'],
  [`gho_${'a1'.repeat(18)}, ghs_${'b2'.repeat(20)}`, '[redacted-token], [redacted-token]'],
  [`github_pat_11ABCDEFG0${'x_9'.repeat(24)}`, '[redacted-token]'],
  ['glpat-xYz1234567890abcdefg', '[redacted-token]'],
  [`hf_${'aBcD1'.repeat(7)}`, '[redacted-token]'],
  [`npm_${'aBcD'.repeat(9)}`, '[redacted-token]'],
  ['xoxb-1234567890-abc', '[redacted-token]'],
  ['xapp-1-A0123-4567-abcdef', '[redacted-token]'],
  [`a ${jwt} z`, 'a [redacted-token] z'],
  ['api_key = "0123456789abcdef"', 'api_key = "[redacted-secret]"'],
  ['password=correct-horse-1-battery', 'password=[redacted-secret]'],
  ['DEPLOY_KEY=0123456789abcdef', 'DEPLOY_KEY=[redacted-secret]'],
  ['postgres://ada:s3same@db:5432/app', 'postgres://ada:[redacted-password]@db:5432/app'],
  ['redis://:s3same@cache', 'redis://:[redacted-password]@cache'],
  [pem, '-----BEGIN RSA PRIVATE KEY-----[redacted-private-key]\n-----END RSA PRIVATE KEY-----'],
  [
    `"${pem.replaceAll('\n', '\\n')}"`,
    '"-----BEGIN RSA PRIVATE KEY-----[redacted-private-key]\\n-----END RSA PRIVATE KEY-----"',
  ],
  ...['\n', '\\n', ' '].map(
    (between) =>
      [
        pemWithHeaders.replaceAll('\n', between),
        `-----BEGIN RSA PRIVATE KEY-----[redacted-private-key]${between}-----END RSA PRIVATE KEY-----`,
      ] as const,
  ),
] as const

const harmless = [
  'const token = readTokenFromRequestHeader(request)',
  'token = tokenizer.encode(text)',
  'token = base64.b64encode(data_2_be_sent)',
  'secret = config.oauth2.client_secret',
  'password: string',
  'token: next',
  'input_tokens: 12345, secretary',
  'The task-oriented risk-averse desk-bound word is fine.',
  '<div class="sk-folding-cube-and-wave">',
  'http://localhost:3000/@ada and https://ada.example:8443/a@b?c=d@e',
  'git@github.com:ada/engine.git, ssh://git@host:22/ada',
  `postgres://ada:\${DB_PASSWORD}@db, postgres://ada:<password>@db`,
  'commit 6cc01c8e0f8d1a2b3c4d5e6f708192a3b4c5d6e7',
  'id 3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  `data:image/png;base64,${'iVBORw0KGgo/AAAA+NSUhEUg'.repeat(40)}==`,
  'A PEM file begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----.',
  '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG\n-----END CERTIFICATE-----',
  'hf_hub_download_with_retries_and_more_1, npm_config_registry_and_cache_and_prefix_1',
  'eyJ is how a token begins.',
  `The ta${'sk-'}${'x1'.repeat(80)} has a long name.`,
  `-----BEGIN PRIVATE KEY----- is what readTokenFromRequestHeader reads (${'and so on, '.repeat(40)})`,
  `-----BEGIN PRIVATE KEY----- ${`Ab:${' '.repeat(11)}`.repeat(23)}!`,
]

describe('redactor', () => {
  it('takes out values of variables that are named like secrets, longest first', () => {
    expect(redact('tulip-and-rose-and-more, tulip-and-rose, not-a-secret-at-all, lily-of-the-valley')).toBe(
      '[redacted:SERVICE_TOKEN], [redacted:SERVICE_KEY], not-a-secret-at-all, [redacted:GITHUB_PAT]',
    )
    expect(redact('it is at https://lily@errors.example/7')).toBe('it is at [redacted:SENTRY_DSN]')
  })

  it('takes the password of a URL for one, and the rest of the URL for none', () => {
    expect(redact('pansy+violet at db.example:5432')).toBe('[redacted:DATABASE_URL] at db.example:5432')
    expect(redact('https://ada.example:8080/@ada')).toBe('https://ada.example:8080/@ada')
  })

  it('leaves values alone that are words or too short to be anybody’s own', () => {
    expect(redact('abc12 is no secret, abc123 is one')).toBe('abc12 is no secret, [redacted:PIN_PASSWORD] is one')
  })

  it('finds a value as it reads inside JSON', () => {
    expect(redact(JSON.stringify({ a: 'say "friend"' }))).toBe('{"a":"[redacted:QUOTED_SECRET]"}')
  })

  it.each(shaped)('takes out what has the shape of one: %s', (text, clean) => expect(redact(text)).toBe(clean))

  it.each(harmless)('leaves other text alone: %s', (text) => expect(redact(text)).toBe(text))

  it('walks JSON, keys included, and hands back what is clean as it was', () => {
    const clean = { a: [1, null, 'x'], b: { c: true } }
    expect(redactor.json(clean)).toBe(clean)
    expect(redactor.json({ 'tulip-and-rose': [{ deep: 'a tulip-and-rose' }, 2] })).toEqual({
      '[redacted:SERVICE_KEY]': [{ deep: 'a [redacted:SERVICE_KEY]' }, 2],
    })
  })
})

/** The same text in pieces of these lengths, again and again. */
function streamed(text: string, lengths: readonly number[]): string[] {
  const stream = redactor.stream()
  const pieces: string[] = []
  for (let at = 0, n = 0; at < text.length; n++) {
    const length = lengths[n % lengths.length]!
    pieces.push(stream.push(text.slice(at, at + length)))
    at += length
  }
  return [...pieces, stream.end()]
}

describe('a stream without its secrets', () => {
  it.each(shaped)('takes out what is cut anywhere: %s', (text) => {
    const [, secret] = /([\w./+-]{10,})\W*$/.exec(text.replaceAll(/-----END.*/g, '')) ?? []
    for (let length = 1; length < text.length; length++) {
      const whole = streamed(`say ${text} now`, [length]).join('')
      expect(whole).not.toContain(secret?.slice(-10) ?? text)
      expect(whole).toContain('[redacted')
    }
  })

  it('takes known values out, whatever the pieces', () => {
    const part = oneof(
      constantFrom(...Object.values(env), 'say "', 'tulip', 'tulip-and-', 'x'),
      string({ maxLength: 5 }),
    )
    assert(
      property(array(part), array(integer({ min: 1, max: 30 }), { minLength: 1 }), (parts, lengths) => {
        const text = parts.join('')
        for (const value of secretsIn(env, []).values()) expect(streamed(text, lengths).join('')).not.toContain(value)
      }),
    )
  })

  it.each(harmless)('leaves other text alone: %s', (text) => {
    for (let length = 1; length <= text.length; length++) expect(streamed(text, [length]).join('')).toBe(text)
  })

  it('holds nothing of ordinary text back', () => {
    const prose = 'The quick brown fox (https://example.org/fox) jumps; see `jump()` — 12 times, e.g. today.\n'.repeat(
      50,
    )
    const stream = createRedactor(new Map()).stream()
    for (const length of [1, 4, 24]) {
      for (let at = 0; at < prose.length; at += length) {
        const piece = prose.slice(at, at + length)
        expect(stream.push(piece)).toBe(piece)
      }
      expect(stream.end()).toBe('')
    }
  })

  it('begins anew once a text is over', () => {
    const stream = redactor.stream()
    stream.push('Some prose, and nothing more. '.repeat(20))
    stream.end()
    expect(stream.push(`ghp_${'a'.repeat(36)} `) + stream.end()).toBe('[redacted-token] ')
  })

  it('holds a known value of any length back for so long', () => {
    const value = `Z${Array.from({ length: 10_000 }, (_, i) => i).join('-')}`
    const stream = createRedactor(new Map([['LONG_KEY', value]])).stream()
    let out = ''
    for (let at = 0; at < 40_000; at += 1000) {
      out += stream.push(value.slice(at, at + 1000))
      expect(out === '').toBe(at + 1000 <= 20_000)
    }
  })

  it('holds no more back than a secret is long', () => {
    for (const begin of ['token=', 'sk-', 'https://a:', '-----BEGIN PRIVATE KEY-----\n', 'eyJ']) {
      const stream = redactor.stream()
      stream.push(begin)
      let most = 0
      for (let n = 1, out = 0; n <= 40_000; n += 100) {
        out += stream.push(begin.includes('BEGIN') ? 'a b\n'.repeat(25) : 'a'.repeat(100)).length
        most = Math.max(most, n - out)
      }
      expect(most).toBeGreaterThan(3_000)
      expect(most).toBeLessThan(17_000)
    }
  })
})
