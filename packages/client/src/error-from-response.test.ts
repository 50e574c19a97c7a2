import { describe, expect, test } from 'vitest'
import { errorFromResponse } from './error-from-response.ts'
import * as errors from './errors.ts'
import { json, plain } from './testing/recording-fetch.ts'

async function classOf(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
  const error = await errorFromResponse(plain(body, status, headers))
  expect(error.name).toBe(error.constructor.name)
  expect(error).toBeInstanceOf(errors.LoomcycleError)
  return error.name
}

describe('an answer without a code', () => {
  test.each([
    [400, 'anything', 'InvalidArgumentError'],
    [401, 'unauthorized', 'AuthError'],
    [403, 'insufficient scope', 'LoomcycleError'],
    [404, 'no snapshot with id x in session y', 'SnapshotNotFoundError'],
    [404, 'session not found: s of agent a', 'SessionNotFoundError'],
    [404, 'no HOOK with id "agent-1"', 'HookNotFoundError'],
    [404, 'no run found for agent_id "a"', 'AgentNotFoundError'],
    [404, 'no such run', 'NotFoundError'],
    [409, '{"code":"already_pausing"}', 'AlreadyPausingError'],
    [409, 'Already Paused', 'AlreadyPausingError'],
    [409, 'not_paused', 'NotPausedError'],
    [409, 'runtime is not paused', 'NotPausedError'],
    [409, 'channel_cursor_regression in session', 'ChannelCursorRegressionError'],
    [409, 'session has a run', 'SessionBusyError'],
    [409, 'agent_id is taken', 'AgentIDInUseError'],
    [409, 'something else', 'LoomcycleError'],
    [413, 'too large', 'SnapshotTooLargeError'],
    [422, 'unknown version', 'SnapshotVersionError'],
    [422, '{"code":"other"}', 'SnapshotVersionError'],
    [429, 'slow down', 'BackpressureError'],
    [429, '{"code":"backpressure"}', 'BackpressureError'],
    [503, 'pause is not configured here', 'PauseNotConfiguredError'],
    [503, 'no pause manager wired', 'UnavailableError'],
    [500, 'boom', 'LoomcycleError'],
    [418, 'teapot', 'LoomcycleError'],
  ])('%i %s is %s', async (status, body, name) => {
    expect(await classOf(status, body)).toBe(name)
  })
})

test('a code decides before words in ids and titles can', async () => {
  expect(await classOf(404, 'no run "snapshot-session"', { 'Loomcycle-Error': 'run_not_found' })).toBe('NotFoundError')
  expect(await classOf(404, '{"code":"unknown_agent_id","error":"session-bot"}')).toBe('AgentNotFoundError')
  expect(await classOf(409, '{"code":"not_mid_turn","error":"the session waits"}')).toBe('LoomcycleError')
  expect(await classOf(404, 'session x', { 'Loomcycle-Error': 'constructor' })).toBe('SessionNotFoundError')
})

test('every error carries its code, from the header or from the body', async () => {
  expect((await errorFromResponse(plain('x', 503, { 'Loomcycle-Error': 'shutting_down' }))).code).toBe('shutting_down')
  expect((await errorFromResponse(json({ code: 'invalid_json', error: 'x' }, 400))).code).toBe('invalid_json')
  expect((await errorFromResponse(plain('x', 503))).code).toBeUndefined()
  expect((await errorFromResponse(json({ code: 7 }, 400))).code).toBeUndefined()
})

test('keeps status and body, cut at 1024 characters, untrimmed', async () => {
  const error = await errorFromResponse(plain(`  ${'x'.repeat(2000)}`, 500))
  expect(error.status).toBe(500)
  expect(error.message).toBe(`  ${'x'.repeat(1022)}`)
  expect(error.bodyText).toBe(error.message)
})

test('a blank body is replaced by the status', async () => {
  expect((await errorFromResponse(plain(' \n', 502))).message).toBe('502 Bad Gateway')
  expect((await errorFromResponse(plain('', 418))).message).toBe('HTTP 418')
  expect((await errorFromResponse(new Response('', { status: 403, statusText: 'No' }))).message).toBe('403 No')
})

test('a body that cannot be read counts as blank', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
  expect((await errorFromResponse(new Response(body, { status: 500 }))).message).toBe('500 Internal Server Error')
})

test('a quota refusal says whose, how many and when', async () => {
  const body = { code: 'per_user_quota_exhausted', error: 'too many runs', user_id: 'u', cap: 3 }
  const answer = (retryAfter?: string) =>
    new Response(JSON.stringify(body), { status: 429, headers: retryAfter ? { 'Retry-After': retryAfter } : {} })
  const error = await errorFromResponse(answer('5'))
  expect(error).toBeInstanceOf(errors.PerUserQuotaExhaustedError)
  expect(error).not.toBeInstanceOf(errors.BackpressureError)
  expect(error).toMatchObject({ message: 'too many runs', userId: 'u', cap: 3, retryAfterMs: 5000 })
  expect(await errorFromResponse(answer('Fri, 31 Dec 2027 23:59:59 GMT'))).toMatchObject({ retryAfterMs: null })
  expect(await errorFromResponse(answer())).toMatchObject({ retryAfterMs: null })
})

test('a tool’s refusal carries the tool and its words, whole', async () => {
  const error = await errorFromResponse(json({ code: 'tool_refused', error: 'y'.repeat(3000), tool: 'Document' }, 422))
  expect(error).toBeInstanceOf(errors.SubstrateToolRefusedError)
  expect(error).toMatchObject({ tool: 'Document', message: 'y'.repeat(3000) })
  expect(error.bodyText?.length).toBeGreaterThan(3000)
})

test('classes can be built by hand, and are what they extend', () => {
  const missing = new errors.SessionNotFoundError('gone', { status: 404, bodyText: 'b' })
  expect(missing).toMatchObject({ name: 'SessionNotFoundError', message: 'gone', status: 404, bodyText: 'b' })
  expect(missing).toBeInstanceOf(errors.NotFoundError)
  expect(new errors.PauseNotConfiguredError('x')).toBeInstanceOf(errors.UnavailableError)
  expect(new errors.SubstrateToolRefusedError('x').tool).toBe('')
  expect(new errors.PerUserQuotaExhaustedError('x')).toMatchObject({ userId: null, cap: null, retryAfterMs: null })
  expect(Object.keys(errors)).toHaveLength(22)
})
