import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnthropic } from './anthropic/index.ts'
import { createGemini } from './gemini/index.ts'
import { createOllama } from './ollama/index.ts'
import { createOpenAi } from './openai/index.ts'
import type { Service } from './openai/service.ts'
import type { Message, ModelRequest, Provider } from './provider.ts'
import { aBrokenHistory, aHistory, aModelRequest } from './testing/histories.ts'
import { collect } from './testing/requests.ts'
import { validateAnthropic } from './testing/validate-anthropic.ts'
import { validateGemini } from './testing/validate-gemini.ts'
import { validateOllama } from './testing/validate-ollama.ts'
import { validateOpenAi } from './testing/validate-openai.ts'
import { validateResponses } from './testing/validate-responses.ts'

type Fetch = NonNullable<Parameters<typeof createAnthropic>[1]>['fetch']

/** What the provider would have sent, read back from its bytes. */
async function sentBody(make: (fetch: Fetch) => Provider, request: ModelRequest): Promise<unknown> {
  let body: unknown
  const provider = make(async (url, init) => {
    if (!String(url).endsWith('/api/show')) body = JSON.parse(String(init?.body))
    return new Response('enough', { status: 400 })
  })
  await collect(provider.stream(request, AbortSignal.any([])))
  return body
}

function alwaysAccepted(
  models: readonly string[],
  messages: fc.Arbitrary<Message[]>,
  make: (fetch: Fetch) => Provider,
  validate: (body: unknown, model: string) => string | undefined,
) {
  const property = fc.asyncProperty(aModelRequest(models, messages), async (request) => {
    expect(validate(await sentBody(make, request), request.model)).toBeUndefined()
  })
  return fc.assert(property, { numRuns: 500 })
}

const CLAUDES = ['claude-sonnet-4-5', 'claude-3-7-sonnet-latest', 'claude-haiku-4-5', 'claude-opus-4-7', 'glm-4.6']
const OTHERS = ['gpt-4.1', 'o3', 'gpt-5.6', 'deepseek-reasoner', 'llama3.2']
const GEMINIS = ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-pro-preview', 'gemini-2.0-flash', 'gemma-3-27b-it']
const anthropic = (fetch: Fetch) => createAnthropic({ apiKey: 'k' }, { fetch })
const ollama = (fetch: Fetch) => {
  const options = {
    id: 'ollama-local',
    baseUrl: 'http://127.0.0.1',
    isLocal: true,
    isCloud: false,
    contextVariable: 'X',
  }
  return createOllama(options, { fetch })
}
const gemini = (fetch: Fetch) => createGemini({ apiKey: 'k' }, { fetch })
const validGemini = (body: unknown, model: string) => validateGemini(model, body)
const validEither = (body: unknown) => ('input' in (body as object) ? validateResponses(body) : validateOpenAi(body))
const openAi = (service: Service) => (fetch: Fetch) => createOpenAi({ apiKey: 'k', service }, { fetch })

describe('whatever the history', () => {
  it('Anthropic accepts the request', () => alwaysAccepted(CLAUDES, aHistory, anthropic, validateAnthropic))

  it('Gemini accepts the request', () => alwaysAccepted(GEMINIS, aHistory, gemini, validGemini))

  it.each(['openai', 'deepseek', 'compatible'] as const)('a service of the kind %s accepts the request', (service) =>
    alwaysAccepted(OTHERS, aHistory, openAi(service), validEither),
  )

  it('Ollama accepts the request', () => alwaysAccepted(OTHERS, aHistory, ollama, validateOllama))

  it('even one cut in the wrong place is accepted', async () => {
    await alwaysAccepted(CLAUDES, aBrokenHistory, anthropic, validateAnthropic)
    await alwaysAccepted(GEMINIS, aBrokenHistory, gemini, validGemini)
    await alwaysAccepted(OTHERS, aBrokenHistory, openAi('openai'), validEither)
    await alwaysAccepted(OTHERS, aBrokenHistory, ollama, validateOllama)
  })
})
