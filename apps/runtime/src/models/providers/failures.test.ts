import { describe, expect, it } from 'vitest'
import { classOfStatus, createFail, explanationIn, transportCause } from './failures.ts'

describe('createFail', () => {
  it('takes the key out before it shortens', () => {
    const secret = 'sk-0123456789'
    const failure = createFail('openai', secret)('permanent', `${'x'.repeat(494)}${secret}`, 401)
    expect(failure.message).toBe(`openai 401: ${'x'.repeat(494)}[reda…`)
    expect(failure.message).not.toContain('sk-')
  })

  it('says only what a person would read in a page', () => {
    const page = '<!doctype html>\n<head><script>a < b</script><title>502</title></head> <h1>Bad\n gateway</h1>'
    expect(createFail('openai')('retryable', page, 502).message).toBe('openai 502: 502 Bad gateway')
  })

  it('names no status where there was none', () => {
    expect(createFail('ollama')('retryable', 'connection refused').message).toBe('ollama: connection refused')
  })
})

describe('explanationIn', () => {
  it.each([
    [
      '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
      'invalid x-api-key (authentication_error)',
    ],
    [
      '{"error":{"message":"No quota","type":"insufficient_quota","code":"insufficient_quota"}}',
      'No quota (insufficient_quota)',
    ],
    ['{"error":"model not found"}', 'model not found'],
    ['{"detail":"no"}', 'no'],
    ['null', 'null'],
    [' Bad gateway\n', 'Bad gateway'],
  ])('reads %s', (body, said) => {
    expect(explanationIn(body)).toBe(said)
  })
})

describe('classOfStatus', () => {
  it.each([
    ['model: claude-1 {"type":"not_found_error"}'],
    ['{"code":"model_not_found"}'],
    ['The model `gpt-3` has been deprecated'],
    ['models/gemini-1.0-pro is not found for API version v1beta, or is not supported for generateContent.'],
    ['model "llama9" not found, try pulling it first'],
    ["The model doesn't exist"],
    ['model claude-2 was retired'],
  ])('calls 404 %s deprecated', (body) => {
    expect(classOfStatus(404, body)).toBe('deprecated')
  })

  it('calls any other 404 permanent', () => {
    expect(classOfStatus(404, '404 page not found')).toBe('permanent')
    expect(classOfStatus(400, 'model not found')).toBe('permanent')
  })

  it.each([
    [400, 'The model `mixtral-8x7b-32768` has been decommissioned and is no longer supported (model_decommissioned)'],
    [400, 'qwen/qwen9 is not a valid model ID'],
    [400, 'Invalid model: mistral-tiny (invalid_model)'],
    [403, 'Project does not have access to model gpt-9 (model_not_found)'],
    [410, 'The requested model is deprecated and no longer supported'],
  ])('calls %i %s deprecated', (status, body) => {
    expect(classOfStatus(status, body)).toBe('deprecated')
  })

  it.each([
    'Failed to call a function. Please adjust your prompt. (tool_use_failed)',
    'Failed to generate tool_calls. Exception: Failed to generate tool call. Tool is not present in the tools list.',
  ])('asks again where a call could not be read: %s', (body) => {
    expect(classOfStatus(400, body)).toBe('retryable')
    expect(classOfStatus(401, body)).toBe('permanent')
  })
})

describe('transportCause', () => {
  const failed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) })

  it.each([
    ['ECONNREFUSED', 'connection refused by h:1'],
    ['ECONNRESET', 'connection to h:1 was reset'],
    ['UND_ERR_SOCKET', 'connection to h:1 was reset'],
    ['ENOTFOUND', 'host name of h:1 could not be resolved (ENOTFOUND)'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connection to h:1 timed out'],
    ['CERT_HAS_EXPIRED', 'connection to h:1 failed: CERT_HAS_EXPIRED'],
  ])('explains %s', (code, cause) => {
    expect(transportCause(failed(code), 'h:1')).toBe(cause)
  })

  it('repeats what it does not know', () => {
    expect(transportCause(new TypeError('x', { cause: new Error('odd') }), 'h')).toBe('connection to h failed: odd')
  })
})
