import { describe, expect, it } from 'vitest'
import { cosine } from '../../areas/memory/vectors/nearest.ts'
import { systemClock } from '../../ground/clock.ts'
import type { EmbedderSettings } from '../../ground/config/config.ts'
import { createEmbedder } from './create-embedder.ts'
import { ofLengthOne } from './embedder.ts'

const signal = new AbortController().signal

describe('the stub', () => {
  const stub = createEmbedder({ provider: 'stub', model: 'm', timeoutMs: 1, batchSize: 1 }, { clock: systemClock })

  it('makes vectors of length 1 that are alike where texts share words', async () => {
    const [cat, cats, tax, none] = (await stub.embed(
      ['a cat on the sofa', 'the Sofa: a cat', 'report of tax', ''],
      'store',
      signal,
    )) as [Float32Array, Float32Array, Float32Array, Float32Array]
    expect(cat).toHaveLength(256)
    expect(cosine(cat, cat)).toBeCloseTo(1)
    expect(cosine(cat, cats)).toBeGreaterThan(0.8)
    expect(cosine(cat, tax)).toBeLessThan(0.4)
    expect(cosine(none, cat)).toBe(0)
    expect(await stub.embed(['a cat on the sofa'], 'find', signal)).toEqual([cat])
  })
})

describe('services', () => {
  it('asks OpenAI in batches and puts the answers in order', async () => {
    const { embedder, requests } = aService({ provider: 'openai', apiKey: 'sk-1', batchSize: 2 }, ({ input }) => ({
      data: input.map((text, index) => ({ index, embedding: [Number(text), 1] })).reverse(),
    }))
    expect(await embedder.embed(['1', '2', '3'], 'store', signal)).toEqual([
      ofLengthOne([1, 1]),
      ofLengthOne([2, 1]),
      ofLengthOne([3, 1]),
    ])
    expect(requests).toMatchObject([
      { url: 'https://api.openai.com/v1/embeddings', key: 'Bearer sk-1', body: { model: 'm', input: ['1', '2'] } },
      { url: 'https://api.openai.com/v1/embeddings', key: 'Bearer sk-1', body: { model: 'm', input: ['3'] } },
    ])
  })

  it('tells Voyage whether a text is looked for or found', async () => {
    const { embedder, requests } = aService({ provider: 'voyage', apiKey: 'v' }, ({ input }) => ({
      data: input.map(() => ({ embedding: [1] })),
    }))
    await embedder.embed(['x'], 'find', signal)
    await embedder.embed(['x'], 'store', signal)
    expect(requests.map(({ url, body }) => [url, body.input_type])).toEqual([
      ['https://api.voyageai.com/v1/embeddings', 'query'],
      ['https://api.voyageai.com/v1/embeddings', 'document'],
    ])
  })

  it('speaks to Google in its own way, a hundred texts at a time', async () => {
    const { embedder, requests } = aService({ provider: 'gemini', apiKey: 'g', batchSize: 500 }, (asked) => ({
      embeddings: asked.requests!.map(() => ({ values: [3, 4] })),
    }))
    const texts = Array.from({ length: 101 }, (_, i) => `text ${i}`)
    expect((await embedder.embed(texts, 'store', signal)).every((vector) => vector[0] === Math.fround(0.6))).toBe(true)
    await embedder.embed(['x'], 'find', signal)
    const url = 'https://generativelanguage.googleapis.com/v1beta/models/m:batchEmbedContents'
    expect(requests.map((request) => [request.url, request.body.requests!.length])).toEqual([
      [url, 100],
      [url, 1],
      [url, 1],
    ])
    expect(requests[0]).toMatchObject({ key: undefined, googleKey: 'g' })
    expect(requests[2]!.body.requests).toEqual([
      { model: 'models/m', content: { parts: [{ text: 'x' }] }, taskType: 'RETRIEVAL_QUERY' },
    ])
    expect(requests[0]!.body.requests![0]!.taskType).toBe('RETRIEVAL_DOCUMENT')
  })

  it.each([[{ embeddings: [] }], [{ embeddings: [{}] }], [{ embeddings: [{ values: [] }] }], [{}]])(
    'refuses the answer %j of Google',
    async (answer) => {
      const { embedder } = aService({ provider: 'gemini' }, () => answer)
      await expect(embedder.embed(['x'], 'store', signal)).rejects.toThrow('expected 1 embeddings')
    },
  )

  it('speaks to Ollama, and to anything that speaks like OpenAI, without a key', async () => {
    const answer = ({ input }: Asked) => ({ data: input.map(() => ({ embedding: [1] })) })
    const ollama = aService({ provider: 'ollama' }, answer)
    await ollama.embedder.embed(['x'], 'find', signal)
    const own = aService({ provider: 'openai', baseUrl: 'http://box:1/v1' }, answer)
    await own.embedder.embed(['x'], 'find', signal)
    expect([ollama, own].map(({ requests }) => [requests[0]?.url, requests[0]?.key])).toEqual([
      ['http://127.0.0.1:11434/v1/embeddings', undefined],
      ['http://box:1/v1/embeddings', undefined],
    ])
  })

  it.each([
    [{ data: [] }],
    [{ data: [{ embedding: [] }] }],
    [{ data: [{ embedding: ['x'] }] }],
    [{ data: [{}] }],
    [{}],
    ['no JSON'],
  ])('refuses the answer %j', async (answer) => {
    const { embedder } = aService({ provider: 'openai' }, () => answer)
    await expect(embedder.embed(['x'], 'store', signal)).rejects.toThrow('expected 1 embeddings')
  })

  it('counts what the services say, over all batches, and passes dimensions on', async () => {
    const openai = aService({ provider: 'openai', batchSize: 1 }, ({ input }) => ({
      data: input.map(() => ({ embedding: [1] })),
      usage: { prompt_tokens: 3, total_tokens: 3 },
    }))
    expect(await openai.embedder.ask(['x', 'y'], { dimensions: 5 }, signal)).toMatchObject({ tokens: 6 })
    expect(openai.requests.map(({ body }) => body)).toEqual([
      { model: 'm', input: ['x'], dimensions: 5 },
      { model: 'm', input: ['y'], dimensions: 5 },
    ])
    const voyage = aService({ provider: 'voyage' }, () => ({ data: [{ embedding: [1] }], usage: { total_tokens: 2 } }))
    expect(await voyage.embedder.ask(['x'], { dimensions: 5 }, signal)).toMatchObject({ tokens: 2 })
    expect(voyage.requests[0]!.body).toEqual({ model: 'm', input: ['x'], output_dimension: 5 })
    const gemini = aService({ provider: 'gemini' }, () => ({ embeddings: [{ values: [1] }] }))
    expect(await gemini.embedder.ask(['x'], { dimensions: 5 }, signal)).toMatchObject({ tokens: undefined })
    expect(gemini.requests[0]!.body.requests).toEqual([
      { model: 'models/m', content: { parts: [{ text: 'x' }] }, outputDimensionality: 5 },
    ])
  })

  it('never says the key when it fails', async () => {
    const { embedder } = aService({ provider: 'openai', apiKey: 'sk-very-secret' }, () => undefined)
    const message = await embedder.embed(['x'], 'store', signal).then(String, (error: Error) => error.message)
    expect(message).toMatch(/401|invalid key/)
    expect(message).not.toContain('sk-very-secret')
  })
})

interface Asked {
  model: string
  input: string[]
  input_type?: string
  /** Google's. */
  requests?: { taskType: string }[]
}

function aService(
  settings: Partial<EmbedderSettings> & Pick<EmbedderSettings, 'provider'>,
  answer: (asked: Asked) => unknown,
) {
  const requests: { url: string; key: string | undefined; googleKey: string | undefined; body: Asked }[] = []
  const fetch = (async (url: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
    const asked = JSON.parse(body) as Asked
    requests.push({ url, key: headers.authorization, googleKey: headers['x-goog-api-key'], body: asked })
    const said = answer(asked)
    if (said === undefined) return new Response('invalid key sk-very-secret', { status: 401 })
    return new Response(typeof said === 'string' ? said : JSON.stringify(said))
  }) as unknown as typeof globalThis.fetch
  const embedder = createEmbedder(
    { model: 'm', timeoutMs: 5000, batchSize: 100, ...settings },
    { clock: systemClock, fetch },
  )
  return { embedder, requests }
}
