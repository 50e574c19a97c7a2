import { expect, it, onTestFinished } from 'vitest'
import { anthropicText, startFakeUpstream, statusReply } from '../../../testing/fake-upstream.ts'
import { createProviders } from '../registry.ts'
import { anthropicError, anthropicTurn } from '../testing/anthropic-wire.ts'
import { type ConformanceWire, providerConformance } from '../testing/provider-conformance.ts'
import { aRequest, aTool, collect } from '../testing/requests.ts'
import { ANTHROPIC_STREAMS } from '../testing/streams.ts'
import { createAnthropic } from './index.ts'

const overloaded = anthropicError('overloaded_error', 'Overloaded')

const wire: ConformanceWire = {
  turn: anthropicTurn,
  error: (message) => anthropicError('some_error', message),
  errorFrame: `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`,
  tooLong: anthropicError('invalid_request_error', 'prompt is too long: 207310 tokens > 200000 maximum'),
  lengthStop: 'max_tokens',
  refusalStop: 'refusal',
  streams: ANTHROPIC_STREAMS,
}

providerConformance('anthropic', ({ clock, ...options }) => createAnthropic(options, { clock }), wire)

providerConformance(
  'anthropic-oauth-dev',
  ({ clock, ...options }) => createAnthropic({ ...options, isToken: true }, { clock }),
  wire,
)

it('a token goes where keys do not, with the same request', async () => {
  const upstream = await startFakeUpstream({ script: () => anthropicText('Hi') })
  onTestFinished(() => upstream.close())
  const baseUrl = upstream.url
  const services = createProviders({
    anthropic: { apiKey: 'a-key-of-tests', baseUrl },
    'anthropic-oauth-dev': { apiKey: 'a-token-of-tests', baseUrl },
  })
  for (const provider of services.values()) {
    await collect(provider.stream(aRequest({ tools: [aTool('Memory')] }), AbortSignal.any([])))
  }
  const [key, token] = upstream.requests
  expect(key!.headers).toMatchObject({ 'x-api-key': 'a-key-of-tests', 'anthropic-version': '2023-06-01' })
  expect(key!.headers).not.toHaveProperty('anthropic-beta')
  expect(token!.headers).toMatchObject({
    authorization: 'Bearer a-token-of-tests',
    'anthropic-beta': 'oauth-2025-04-20',
    'anthropic-version': '2023-06-01',
  })
  expect(token!.headers).not.toHaveProperty('x-api-key')
  expect(token!.body).toEqual(key!.body)
})

it('a token that is refused is named by its variable, and not said', async () => {
  const refused = anthropicError('authentication_error', 'invalid bearer token a-token-of-tests')
  const upstream = await startFakeUpstream({ script: [statusReply(401, refused)] })
  onTestFinished(() => upstream.close())
  const access = { apiKey: 'a-token-of-tests', baseUrl: upstream.url }
  const provider = createProviders({ 'anthropic-oauth-dev': access }).get('anthropic-oauth-dev')!
  expect((await collect(provider.stream(aRequest(), AbortSignal.any([])))).at(-1)).toMatchObject({
    error: {
      message:
        'anthropic-oauth-dev 401: invalid bearer token [redacted] (authentication_error) — set LOOMCYCLE_ANTHROPIC_OAUTH_DEV_TOKEN to a valid key and start again',
    },
  })
})
