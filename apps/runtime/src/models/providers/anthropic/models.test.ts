import { describe, expect, it } from 'vitest'
import { capabilities, preferredModel } from './models.ts'

describe('preferredModel of Anthropic', () => {
  it('takes the newest general-purpose model of the newest generation', () => {
    const models = [
      'claude-opus-4-7',
      'claude-haiku-4-5-20251001',
      'claude-sonnet-4-5-20250929',
      'claude-sonnet-4-6',
      'claude-3-7-sonnet-20250219',
    ]
    expect(preferredModel(models)).toBe('claude-sonnet-4-6')
    expect(preferredModel([...models, 'claude-opus-5'])).toBe('claude-opus-5')
    expect(preferredModel(['claude-3-5-sonnet-20240620', 'claude-3-5-sonnet-20241022'])).toBe(
      'claude-3-5-sonnet-20241022',
    )
    expect(preferredModel(['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'])).toBe('claude-sonnet-4-5')
    expect(preferredModel(['claude-2.1', 'claude-3-haiku-20240307'])).toBe('claude-3-haiku-20240307')
  })

  it('has nothing to prefer among nothing', () => {
    expect(preferredModel([])).toBeUndefined()
  })
})

describe('capabilities of Anthropic', () => {
  it('knows which models think', () => {
    const thinking = (model: string) => capabilities(model).thinking
    expect(['claude-sonnet-4-5', 'claude-3-7-sonnet-latest', 'claude-opus-4-20250514'].map(thinking)).toEqual([
      true,
      true,
      true,
    ])
    expect(['claude-haiku-4-5', 'claude-3-5-sonnet-20241022', 'glm-4.6'].map(thinking)).toEqual([false, false, false])
    expect(capabilities('claude-sonnet-4-5').contextWindow).toBe(200_000)
  })
})
