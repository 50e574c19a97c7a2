import type { Effort } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../provider.ts'
import { aRequest, aTool, aToolExchange, aUser } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import type { Service } from './service.ts'
import { toRequest } from './to-request.ts'

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (changes: Partial<ModelRequest> = {}, service: Service = 'openai'): any => {
  const request = aRequest({ model: 'gpt-4.1', ...changes })
  return toRequest(request, createToolNames(request.tools, request.messages), { service })
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

  it('says nothing of effort, which only services say that have a member for it', () => {
    expect(send({ effort: 'high' })).not.toHaveProperty('reasoning_effort')
    expect(send({ effort: 'high' }, 'compatible')).not.toHaveProperty('reasoning_effort')
  })

  it('tells DeepSeek how much to think, where its model can', () => {
    const of = (effort: Effort | undefined, model = 'deepseek-flash') => {
      const { thinking, reasoning_effort } = send({ model, ...(effort && { effort }) }, 'deepseek')
      return thinking?.type ?? reasoning_effort
    }
    expect(of('high')).toBe('high')
    expect(of('low', 'deepseek-v4-pro')).toBe('low')
    expect(of('minimal')).toBe('disabled')
    expect(of(undefined)).toBeUndefined()
    expect(of('high', 'deepseek-chat')).toBeUndefined()
  })

  it('samples as far as it can be told', () => {
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
  })

  it('shows DeepSeek its reasoning again, and nobody else', () => {
    const messages = aToolExchange('look', 'ok', 'I should look.')
    const assistant = (service: Service) => send({ messages, tools: [aTool('look')] }, service).messages[2]
    expect(assistant('deepseek').reasoning_content).toBe('I should look.')
    expect(assistant('openai')).not.toHaveProperty('reasoning_content')
    expect(assistant('compatible')).not.toHaveProperty('reasoning_content')
  })

  it('shows that there was no thought behind a call where that has to be there', () => {
    const assistant = (service: Service, messages = aToolExchange('look', 'ok')) =>
      send({ messages, tools: [aTool('look')] }, service).messages[2]
    expect(assistant('deepseek').reasoning_content).toBe('')
    expect(assistant('compatible')).not.toHaveProperty('reasoning_content')
    const said = [aUser('Hello'), { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'Hi' }] }]
    expect(assistant('deepseek', [...said, aUser('And?')])).not.toHaveProperty('reasoning_content')
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
