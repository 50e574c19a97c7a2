import { describe, expect, it, onTestFinished } from 'vitest'
import { startFakeUpstream } from '../../../testing/fake-upstream.ts'
import { createGemini } from './index.ts'
import { capabilities, preferredModel } from './models.ts'

const signal = AbortSignal.any([])

describe('preferredModel of Gemini', () => {
  it('takes the newest that stays, and of those the one for everything', () => {
    const models = [
      'gemini-2.0-flash',
      'gemini-2.5-pro',
      'gemini-2.5-flash-lite',
      'gemini-2.5-flash',
      'gemini-2.5-flash-image',
      'gemini-2.5-flash-preview-tts',
      'gemini-3-pro-preview',
      'gemini-flash-latest',
      'gemma-3-27b-it',
    ]
    expect(preferredModel(models)).toBe('gemini-2.5-flash')
    expect(preferredModel([...models, 'gemini-3.5-flash'])).toBe('gemini-3.5-flash')
    expect(preferredModel(['gemini-2.5-flash-image', 'gemini-3-pro-preview'])).toBe('gemini-3-pro-preview')
    expect(preferredModel([])).toBeUndefined()
  })
})

describe('capabilities of Gemini', () => {
  it('knows which models think', () => {
    const thinking = (model: string) => capabilities(model).thinking
    expect(['gemini-2.5-flash', 'gemini-3-pro-preview', 'gemini-pro-latest'].map(thinking)).toEqual([true, true, true])
    expect(['gemini-2.0-flash', 'gemini-2.5-flash-image', 'gemma-3-27b-it'].map(thinking)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('knows how much the models take that it knows', () => {
    expect(capabilities('gemini-2.5-pro').contextWindow).toBe(1_048_576)
    expect(capabilities('gemma-3-27b-it')).not.toHaveProperty('contextWindow')
  })
})

describe('the models of Gemini', () => {
  const serviceThatSays = async (about: Record<string, unknown>) => {
    const upstream = await startFakeUpstream({ about })
    onTestFinished(() => upstream.close())
    return createGemini({ apiKey: 'key-of-a-test', baseUrl: upstream.url })
  }
  const model = (name: string, ...supportedGenerationMethods: string[]) => ({
    name: `models/${name}`,
    supportedGenerationMethods,
  })

  it('are read page by page, those that can be talked with', async () => {
    const gemini = await serviceThatSays({
      '/v1beta/models?pageSize=1000': {
        models: [model('gemini-a', 'generateContent', 'countTokens'), model('embedding-b', 'embedContent')],
        nextPageToken: 'page 2',
      },
      '/v1beta/models?pageSize=1000&pageToken=page%202': { models: [model('gemini-c', 'generateContent')] },
    })
    expect(await gemini.listModels(signal)).toEqual(['gemini-a', 'gemini-c'])
  })

  it('may be none, and are not asked for without end', async () => {
    const none = await serviceThatSays({ '/v1beta/models?pageSize=1000': {} })
    expect(await none.listModels(signal)).toEqual([])
    const again = { models: [model('gemini-a')], nextPageToken: 'x' }
    const endless = await serviceThatSays({
      '/v1beta/models?pageSize=1000': again,
      '/v1beta/models?pageSize=1000&pageToken=x': again,
    })
    expect(await endless.listModels(signal)).toEqual([])
    const odd = await serviceThatSays({ '/v1beta/models?pageSize=1000': { models: 'none' } })
    await expect(odd.listModels(signal)).rejects.toThrow('gemini: the list of models could not be read')
  })

  it('may be named as the service names them', async () => {
    const gemini = await serviceThatSays({ '/v1beta/models/gemini-a': { inputTokenLimit: 65_536 } })
    expect(await gemini.contextWindow!('models/gemini-a', signal)).toBe(65_536)
    expect(await gemini.contextWindow!('gemini-a', signal)).toBe(65_536)
  })
})
