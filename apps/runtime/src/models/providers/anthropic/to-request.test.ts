import { describe, expect, it } from 'vitest'
import type { Message, ModelRequest } from '../provider.ts'
import { aRequest, aTool, aToolExchange, aUser } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { toRequest } from './to-request.ts'

const SONNET = 'claude-sonnet-4-5-20250929'

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (changes: Partial<ModelRequest>): any => {
  const request = aRequest({ model: SONNET, ...changes })
  return toRequest(request, createToolNames(request.tools, request.messages))
}
const anAnswer = (text: string): Message => ({ role: 'assistant', content: [{ type: 'text', text }] })

describe('a request to Anthropic', () => {
  it('marks cacheable system blocks only, the last four of them', () => {
    const system = [1, 2, 3, 4, 5].map((n) => ({ text: `block ${n}`, cacheable: true }))
    const body = send({ system: [...system, { text: 'plain' }, { text: ' ', cacheable: true }] })
    expect(body.system.map((block: { cache_control?: object }) => block.cache_control !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ])
    expect(send({ system: [] })).not.toHaveProperty('system')
  })

  it('has a limit even when nobody set one', () => {
    expect(send({}).max_tokens).toBe(8192)
    expect(send({ maxTokens: 100 }).max_tokens).toBe(100)
  })

  it.each([
    [{}, undefined],
    [{ effort: 'low' }, undefined],
    [{ effort: 'minimal' }, undefined],
    [{ effort: 'medium' }, 2048],
    [{ effort: 'high' }, 7168],
    [{ effort: 'high', maxTokens: 20_000 }, 8192],
    [{ effort: 'high', maxTokens: 1500 }, 1024],
    [{ effort: 'high', maxTokens: 1024 }, undefined],
    [{ effort: 'high', model: 'claude-haiku-4-5' }, undefined],
    [{ effort: 'high', model: 'some-other-model' }, undefined],
  ] as [Partial<ModelRequest>, number | undefined][])('thinks for %j within %s tokens', (changes, budget) => {
    expect(send(changes).thinking?.budget_tokens).toBe(budget)
  })

  it.each(['claude-opus-4-6', 'claude-opus-4-7-20260416', 'claude-sonnet-5'])('lets %s size its thinking', (model) => {
    const body = send({ model, effort: 'high' })
    expect(body).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } })
  })

  it('drops sampling where it would be refused', () => {
    const sampling = { temperature: 1.4, top_p: 0.9, top_k: 5, seed: 1, stop: ['END', ' '] }
    expect(send({ sampling })).toMatchObject({ temperature: 1, top_k: 5, stop_sequences: ['END'] })
    expect(send({ sampling })).not.toHaveProperty('top_p')
    expect(send({ sampling: { top_p: 0.9 } })).toMatchObject({ top_p: 0.9 })
    for (const changes of [{ effort: 'high' as const }, { model: 'claude-opus-4-7' }]) {
      const body = send({ sampling, ...changes })
      expect(Object.keys(body).filter((key) => key in sampling)).toEqual([])
      expect(body.stop_sequences).toEqual(['END'])
    }
  })

  it('shows thinking again before the call it led to', () => {
    const reasoning = JSON.stringify([
      { type: 'thinking', thinking: 'Hmm.', signature: 'sig' },
      { type: 'redacted_thinking', data: 'xyz' },
      { type: 'text', length: 8 },
      { type: 'call' },
    ])
    const body = send({ effort: 'medium', messages: aToolExchange('look', 'ok', reasoning), tools: [aTool('look')] })
    expect(body.messages[1].content.map((block: { type: string }) => block.type)).toEqual([
      'thinking',
      'redacted_thinking',
      'text',
      'tool_use',
    ])
    expect(body.thinking).toBeDefined()
  })

  it('keeps thinking between text and call where it was, and puts it first when the text has changed since', () => {
    const thinking = { type: 'thinking', thinking: 'Hmm.', signature: 'sig' }
    const typesFor = (length: number) => {
      const reasoning = JSON.stringify([{ type: 'text', length }, thinking, { type: 'call' }])
      const body = send({ messages: aToolExchange('look', 'ok', reasoning), tools: [aTool('look')] })
      return body.messages[1].content.map((block: { type: string }) => block.type)
    }
    expect(typesFor('Looking.'.length)).toEqual(['text', 'thinking', 'tool_use'])
    expect(typesFor(99)).toEqual(['thinking', 'text', 'tool_use'])
  })

  it('never lets a turn end in thinking, which the service would refuse', () => {
    const parts = [
      { type: 'text', length: 2 },
      { type: 'thinking', thinking: 'Hm', signature: 's' },
      { type: 'text', length: 1 },
    ]
    const answer = { ...anAnswer('Hi\n'), reasoning: JSON.stringify(parts) }
    const body = send({ messages: [aUser('Hello'), answer, aUser('And?')] })
    expect(body.messages[1].content).toEqual([{ type: 'text', text: 'Hi' }])
  })

  it('does not think about the result of a call that has no thinking to show', () => {
    for (const reasoning of [undefined, 'plain words of another service', '[{"type":"thinking"}]']) {
      const messages = aToolExchange('look', 'ok', reasoning)
      const body = send({ effort: 'high', messages, tools: [aTool('look')], sampling: { temperature: 0.5 } })
      expect(body).not.toHaveProperty('thinking')
      expect(body.temperature).toBe(0.5)
    }
    const later = [...aToolExchange('look', 'ok'), anAnswer('Found.'), aUser('And now?')]
    expect(send({ effort: 'high', messages: later, tools: [aTool('look')] })).toHaveProperty('thinking')
  })

  it('puts results before what the user says, errors marked', () => {
    const [ask, call] = aToolExchange('look', '')
    const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' }
    const result = { type: 'tool_result' as const, tool_use_id: 'call_1', name: 'look', text: '', is_error: true }
    const messages = [
      ask!,
      call!,
      { role: 'user' as const, content: [{ type: 'text' as const, text: 'Hm' }, image, result] },
    ]
    expect(send({ messages, tools: [aTool('look')] }).messages[2].content).toEqual([
      { type: 'tool_result', tool_use_id: 'call_1', content: '(no output)', is_error: true },
      { type: 'text', text: 'Hm' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
    ])
  })

  it('names the tools of the history when none may be called', () => {
    const body = send({ messages: aToolExchange('look', 'ok') })
    expect(body.tools).toEqual([{ name: 'look', input_schema: { type: 'object', properties: {} } }])
    expect(body.tool_choice).toEqual({ type: 'none' })
    expect(send({})).not.toHaveProperty('tools')
  })
})
