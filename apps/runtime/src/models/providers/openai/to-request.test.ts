import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../provider.ts'
import { aRequest, aTool, aToolExchange } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import type { Service } from './service.ts'
import { toRequest } from './to-request.ts'

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (changes: Partial<ModelRequest> = {}, service: Service = 'openai'): any => {
  const request = aRequest({ model: 'gpt-4.1', ...changes })
  return toRequest(request, createToolNames(request.tools, request.messages), service)
}
const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' }

describe('a request to a chat-completions service', () => {
  it('streams with usage and joins the system blocks', () => {
    expect(send({ system: [{ text: 'One' }, { text: '' }, { text: 'Two' }] })).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: 'system', content: 'One\n\nTwo' },
        { role: 'user', content: 'Hello' },
      ],
    })
  })

  it('answers each call with a tool message that always has content', () => {
    const body = send({ messages: aToolExchange('look', ''), tools: [aTool('look')] })
    expect(body.messages.slice(2)).toEqual([
      {
        role: 'assistant',
        content: 'Looking.',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"home"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '(no output)' },
    ])
  })

  it('names the limit as the service knows it', () => {
    expect(send({ maxTokens: 5 })).toMatchObject({ max_completion_tokens: 5 })
    expect(send({ maxTokens: 5 }, 'compatible')).toMatchObject({ max_tokens: 5 })
    expect(send()).not.toHaveProperty('max_completion_tokens')
  })

  it.each([
    ['o3', 'high', 'openai', 'high'],
    ['gpt-5', 'minimal', 'openai', 'minimal'],
    ['gpt-5.1', 'minimal', 'openai', 'low'],
    ['gpt-4.1', 'high', 'openai', undefined],
    ['o3', undefined, 'openai', undefined],
    ['deepseek-reasoner', 'high', 'deepseek', undefined],
    ['gpt-oss', 'high', 'compatible', undefined],
  ] as const)('asks %s for effort %s at %s as %s', (model, effort, service, sent) => {
    expect(send({ model, effort }, service).reasoning_effort).toBe(sent)
  })

  it('asks for no effort next to tools where that is refused', () => {
    const tools = [aTool('look')]
    expect(send({ model: 'gpt-5.1', effort: 'high', tools }).reasoning_effort).toBe('high')
    expect(send({ model: 'gpt-5.4', effort: 'high', tools }).reasoning_effort).toBeUndefined()
    expect(send({ model: 'gpt-5.6', tools }).reasoning_effort).toBe('none')
    expect(send({ model: 'gpt-5.6', effort: 'high' }).reasoning_effort).toBe('high')
  })

  it('samples, except with models that refuse it', () => {
    const sampling = {
      temperature: 0,
      top_p: 0.5,
      top_k: 4,
      frequency_penalty: 1,
      seed: 7,
      stop: ['1', '2', '', '3', '4', '5'],
    }
    const body = send({ sampling })
    expect(body).toMatchObject({
      temperature: 0,
      top_p: 0.5,
      frequency_penalty: 1,
      seed: 7,
      stop: ['1', '2', '3', '4'],
    })
    expect(body).not.toHaveProperty('top_k')
    expect(Object.keys(send({ model: 'o3', sampling })).filter((key) => key in sampling)).toEqual(['seed'])
  })

  it('shows DeepSeek its reasoning again, and nobody else', () => {
    const messages = aToolExchange('look', 'ok', 'I should look.')
    const assistant = (service: Service) => send({ messages, tools: [aTool('look')] }, service).messages[2]
    expect(assistant('deepseek').reasoning_content).toBe('I should look.')
    expect(assistant('openai')).not.toHaveProperty('reasoning_content')
    expect(assistant('compatible')).not.toHaveProperty('reasoning_content')
  })

  it('sends images to models that see, and says so to those that do not', () => {
    const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'What?' }, image] }]
    expect(send({ messages }).messages[1].content).toEqual([
      { type: 'text', text: 'What?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    ])
    expect(send({ messages, model: 'deepseek-chat' }, 'deepseek').messages[1].content).toBe(
      'What?\n\n[An image was here, which this model cannot see.]',
    )
  })
})
