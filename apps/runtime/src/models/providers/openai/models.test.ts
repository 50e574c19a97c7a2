import { describe, expect, it } from 'vitest'
import { capabilities, preferredModel, withoutThinking } from './models.ts'

describe('preferredModel of a chat-completions service', () => {
  it('takes the newest full-size gpt', () => {
    const models = [
      'text-embedding-3-large',
      'gpt-3.5-turbo',
      'gpt-4o',
      'gpt-4.1',
      'gpt-5-mini',
      'o3',
      'gpt-5',
      'gpt-5-2025-08-07',
      'gpt-5-pro',
      'gpt-5-codex',
      'gpt-image-1',
      'gpt-5-chat-latest',
      'whisper-1',
    ]
    expect(preferredModel(models)).toBe('gpt-5')
    expect(preferredModel([...models, 'gpt-5.2-mini', 'gpt-5.2-2025-12-11'])).toBe('gpt-5.2-2025-12-11')
    expect(preferredModel(['gpt-4o', 'gpt-4.1-mini', 'gpt-4o-audio-preview'])).toBe('gpt-4.1-mini')
    expect(preferredModel(['o1', 'o3', 'dall-e-3'])).toBe('o3')
  })

  it('takes the chat model of DeepSeek and the first that chats of anyone else', () => {
    expect(preferredModel(['deepseek-reasoner', 'deepseek-chat'])).toBe('deepseek-chat')
    expect(preferredModel(['nomic-embed-text:latest', 'qwen3:8b', 'llama3.2:3b'])).toBe('qwen3:8b')
    expect(preferredModel([])).toBeUndefined()
  })
})

describe('capabilities of a chat-completions service', () => {
  it('knows windows only where the service is known', () => {
    expect(capabilities('openai', 'gpt-4.1')).toEqual({ contextWindow: 1_047_576, thinking: false, vision: true })
    expect(capabilities('deepseek', 'deepseek-reasoner')).toEqual({
      contextWindow: 128_000,
      thinking: true,
      vision: false,
    })
    expect(capabilities('deepseek', 'deepseek-flash')).toEqual({
      contextWindow: 1_000_000,
      thinking: true,
      vision: true,
    })
    expect(capabilities('compatible', 'llama3.2:3b')).toEqual({ thinking: false, vision: false })
    expect(capabilities('compatible', 'qwen2.5-vl:7b')).toEqual({ thinking: false, vision: true })
    expect(capabilities('openai', 'o3-mini')).toMatchObject({ thinking: true, vision: false })
  })
})

describe('a conversation in which some thinking is missing', () => {
  it.each([
    ['deepseek', 'deepseek-v4-pro', 'deepseek-v4-flash'],
    ['deepseek', 'deepseek-reasoner', 'deepseek-chat'],
    ['deepseek', 'deepseek-chat', undefined],
    ['deepseek', 'deepseek-flash', undefined],
    ['openai', 'o3', undefined],
  ] as const)('goes on, at %s, in place of %s, with %s', (service, model, other) => {
    expect(withoutThinking(service, model)).toBe(other)
  })
})
