import { describe, expect, it } from 'vitest'
import { createRedactor, redactJson } from './redactor.ts'
import { secretsIn } from './secrets.ts'

const env = {
  SERVICE_KEY: 'tulip-and-rose',
  SERVICE_TOKEN: 'tulip-and-rose-and-more',
  QUOTED_SECRET: 'say "friend"',
  SHORT_KEY: 'abc',
  KEYBOARD: 'not-a-secret-at-all',
}
const redact = createRedactor(secretsIn(env))

describe('redactor', () => {
  it('takes out values of variables that are named like secrets, longest first', () => {
    expect(redact('tulip-and-rose-and-more, tulip-and-rose, abc, not-a-secret-at-all')).toBe(
      '[redacted:SERVICE_TOKEN], [redacted:SERVICE_KEY], abc, not-a-secret-at-all',
    )
  })

  it('finds a value as it reads inside JSON', () => {
    expect(redact(JSON.stringify({ a: 'say "friend"' }))).toBe('{"a":"[redacted:QUOTED_SECRET]"}')
  })

  it.each([
    ['Authorization: Bearer abcdefghijklmnop1', 'Authorization: Bearer [redacted-authorization]'],
    ['{"authorization":"Bearer abcdefghijklmnop1"}', '{"authorization":"Bearer [redacted-authorization]"}'],
    ['-H "bearer abcdefghijklmnop"', '-H "bearer [redacted-token]"'],
    [`key sk-ant-${'a1'.repeat(12)}.`, 'key [redacted-key].'],
    ['AKIAIOSFODNN7EXAMPLE', '[redacted-key]'],
    [`ghp_${'a'.repeat(36)}`, '[redacted-token]'],
    ['xoxb-1234567890-abc', '[redacted-token]'],
    ['api_key = "0123456789abcdef"', 'api_key = "[redacted-secret]"'],
  ])('takes out what has the shape of one: %s', (text, clean) => expect(redact(text)).toBe(clean))

  it.each([
    'const token = readTokenFromRequestHeader(request)',
    'The task-oriented risk-averse desk-bound word is fine.',
    'token: next',
    'input_tokens: 12345, secretary',
  ])('leaves other text alone: %s', (text) => expect(redact(text)).toBe(text))

  it('walks JSON, keys included, and hands back what is clean as it was', () => {
    const clean = { a: [1, null, 'x'], b: { c: true } }
    expect(redactJson(clean, redact)).toBe(clean)
    expect(redactJson({ 'tulip-and-rose': [{ deep: 'a tulip-and-rose' }, 2] }, redact)).toEqual({
      '[redacted:SERVICE_KEY]': [{ deep: 'a [redacted:SERVICE_KEY]' }, 2],
    })
  })
})
