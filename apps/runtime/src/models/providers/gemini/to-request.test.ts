import { describe, expect, it } from 'vitest'
import type { Message, ModelRequest } from '../provider.ts'
import { aRequest, aTool, aToolExchange, aUser } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { toRequest } from './to-request.ts'

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (changes: Partial<ModelRequest> = {}): any => {
  const request = aRequest({ model: 'gemini-2.5-flash', ...changes })
  return toRequest(request, createToolNames(request.tools, request.messages))
}
const thinkingOf = (changes: Partial<ModelRequest>) => send(changes).generationConfig?.thinkingConfig
const look = (id: string, at: string) => ({ type: 'tool_use' as const, id, name: 'look', input: { at } })
const found = (id: string, text: string, is_error = false) => ({
  type: 'tool_result' as const,
  tool_use_id: id,
  name: 'look',
  text,
  is_error,
})

describe('a request to Gemini', () => {
  it('is this, from end to end', () => {
    const reasoning = JSON.stringify([
      { type: 'text', length: 8 },
      { type: 'call', signature: 'c2lnMQ==', id: 'fc-1' },
      { type: 'call', id: 'fc-2' },
    ])
    const messages: Message[] = [
      { role: 'user', content: [{ type: 'text', text: 'Where?' }] },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Looking.' }, look('c1', 'home'), look('c2', 'away')],
        reasoning,
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hurry' },
          { type: 'image', media_type: 'image/png', data: 'AAAA' },
          found('c2', 'nothing', true),
          found('c1', ''),
        ],
      },
    ]
    const place = { type: 'object', properties: { at: { type: 'string', minLength: 1 } }, additionalProperties: false }
    const sampling = { temperature: 0.5, top_p: 0.9, top_k: 40, seed: 7, stop: ['END'] }
    expect(
      send({
        model: 'gemini-3-flash-preview',
        system: [{ text: 'Be brief.', cacheable: true }, { text: ' ' }, { text: 'Be kind.' }],
        messages,
        tools: [aTool('look', place), aTool('files/now')],
        maxTokens: 4096,
        effort: 'low',
        sampling,
      }),
    ).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Where?' }] },
        {
          role: 'model',
          parts: [
            { text: 'Looking.' },
            { functionCall: { id: 'fc-1', name: 'look', args: { at: 'home' } }, thoughtSignature: 'c2lnMQ==' },
            { functionCall: { id: 'fc-2', name: 'look', args: { at: 'away' } } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'fc-1', name: 'look', response: { content: '(no output)' } } },
            { functionResponse: { id: 'fc-2', name: 'look', response: { error: 'nothing' } } },
            { text: 'Hurry' },
            { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
          ],
        },
      ],
      tools: [
        {
          functionDeclarations: [
            {
              name: 'look',
              description: 'Does look.',
              parameters: { type: 'object', properties: { at: { type: 'string', minLength: 1 } } },
            },
            { name: expect.stringMatching(/^files_now_[0-9a-f]{8}$/), description: 'Does files/now.' },
          ],
        },
      ],
      generationConfig: {
        maxOutputTokens: 4096,
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        seed: 7,
        stopSequences: ['END'],
        thinkingConfig: { includeThoughts: true, thinkingLevel: 'low' },
      },
    })
  })

  it.each([
    ['gemini-2.5-flash', undefined, { includeThoughts: true }],
    ['gemini-2.5-flash', 'minimal', { thinkingBudget: 0 }],
    ['gemini-2.5-flash', 'low', { thinkingBudget: 0 }],
    ['gemini-2.5-flash', 'medium', { includeThoughts: true, thinkingBudget: 2048 }],
    ['gemini-2.5-flash', 'high', { includeThoughts: true, thinkingBudget: 8192 }],
    ['gemini-2.5-pro', 'low', { includeThoughts: true, thinkingBudget: 128 }],
    ['gemini-3-pro-preview', undefined, { includeThoughts: true }],
    ['gemini-3-pro-preview', 'minimal', { includeThoughts: true, thinkingLevel: 'low' }],
    ['gemini-3-pro-preview', 'medium', { includeThoughts: true, thinkingLevel: 'high' }],
    ['gemini-3.1-pro-preview', 'medium', { includeThoughts: true, thinkingLevel: 'medium' }],
    ['gemini-3-flash-preview', 'minimal', { includeThoughts: true, thinkingLevel: 'minimal' }],
    ['gemini-3.7-flash', 'minimal', { includeThoughts: true, thinkingLevel: 'low' }],
    ['gemini-flash-latest', 'high', { includeThoughts: true, thinkingLevel: 'high' }],
    ['gemini-2.0-flash', 'high', undefined],
    ['gemini-2.5-flash-image', 'high', undefined],
    ['gemma-3-27b-it', 'high', undefined],
  ] as const)('has %s think for effort %s: %j', (model, effort, thinking) => {
    expect(thinkingOf({ model, ...(effort && { effort }) })).toEqual(thinking)
  })

  it('leaves room for the answer beside the thinking', () => {
    expect(thinkingOf({ effort: 'high', maxTokens: 4096 }).thinkingBudget).toBe(3072)
    expect(thinkingOf({ effort: 'high', maxTokens: 100 }).thinkingBudget).toBe(1)
    expect(thinkingOf({ model: 'gemini-2.5-flash-lite', effort: 'medium', maxTokens: 100 }).thinkingBudget).toBe(512)
  })

  it('gives each part the signature that it came with, and no other', () => {
    const reasoning = JSON.stringify([
      { type: 'thought', text: 'Hm.', signature: 'a' },
      { type: 'text', length: 4 },
      { type: 'text', length: 4, signature: 'b' },
      { type: 'call' },
      { type: 'text', length: 0, signature: 'c' },
    ])
    const messages = aToolExchange('look', 'ok', reasoning)
    expect(send({ messages, tools: [aTool('look')] }).contents[1].parts).toEqual([
      { text: 'Hm.', thought: true, thoughtSignature: 'a' },
      { text: 'Look' },
      { text: 'ing.', thoughtSignature: 'b' },
      { functionCall: { name: 'look', args: { at: 'home' } } },
      { text: '', thoughtSignature: 'c' },
    ])
  })

  it('keeps the signatures of calls where the words have changed since', () => {
    const reasoning = JSON.stringify([
      { type: 'text', length: 99, signature: 'a' },
      { type: 'call', signature: 'b' },
    ])
    expect(send({ messages: aToolExchange('look', 'ok', reasoning) }).contents[1].parts).toEqual([
      { text: 'Looking.' },
      { functionCall: { name: 'look', args: { at: 'home' } }, thoughtSignature: 'b' },
    ])
  })

  it.each(['plain words of another service', '[{"type":"call","signature":7},7,', '[{"type":"thought","text":"x"}]'])(
    'signs the first call in nobody’s name for a model that wants it signed, where it has %s',
    (reasoning) => {
      const messages: Message[] = [
        aUser('Where?'),
        { role: 'assistant', content: [look('c1', 'home'), look('c2', 'away')], reasoning },
        { role: 'user', content: [found('c1', 'ok'), found('c2', 'ok')] },
      ]
      const signatures = (model: string) =>
        send({ model, messages }).contents[1].parts.map((part: { thoughtSignature?: string }) => part.thoughtSignature)
      expect(signatures('gemini-3-pro-preview')).toEqual(['skip_thought_signature_validator', undefined])
      expect(signatures('gemini-2.5-pro')).toEqual([undefined, undefined])
    },
  )

  it('puts results in the order of their calls, without ids where there were none', () => {
    const messages: Message[] = [
      aUser('Where?'),
      { role: 'assistant', content: [look('c1', 'home'), look('c2', 'away')] },
      { role: 'user', content: [found('c2', 'second'), found('c1', 'first')] },
    ]
    expect(send({ messages }).contents[2].parts).toEqual([
      { functionResponse: { name: 'look', response: { content: 'first' } } },
      { functionResponse: { name: 'look', response: { content: 'second' } } },
    ])
  })

  it('samples as far as the model lets it', () => {
    const sampling = {
      top_k: 500,
      frequency_penalty: 1,
      presence_penalty: 0.5,
      seed: 2 ** 40 + 5,
      stop: ['1', '', '2', '3', '4', '5', '6'],
    }
    const penalties = { frequencyPenalty: 1, presencePenalty: 0.5 }
    const config = { topK: 64, seed: 5, stopSequences: ['1', '2', '3', '4', '5'] }
    expect(send({ model: 'gemini-2.0-flash', sampling }).generationConfig).toEqual({ ...config, ...penalties })
    expect(send({ sampling }).generationConfig).not.toHaveProperty('frequencyPenalty')
    expect(send({ model: 'gemini-2.0-flash' })).not.toHaveProperty('generationConfig')
  })

  it('says its instruction in the first message to models that know none', () => {
    const body = send({ model: 'gemma-3-27b-it' })
    expect(body).not.toHaveProperty('systemInstruction')
    expect(body.contents[0].parts).toEqual([{ text: 'Be brief.' }, { text: 'Hello' }])
  })
})
