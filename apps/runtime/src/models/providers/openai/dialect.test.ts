import { describe, expect, it } from 'vitest'
import type { Quirks } from '../../../ground/config/model-services.ts'
import type { ModelRequest } from '../provider.ts'
import { aRequest, aTool, aToolExchange, aUser } from '../testing/requests.ts'
import { createToolNames } from '../tools/tool-names.ts'
import { callIds, dialectCapabilities } from './dialect.ts'
import { toRequest } from './to-request.ts'

const usual: Quirks = { omit: [], rename: {}, extra: {}, takesTools: true }

// biome-ignore lint/suspicious/noExplicitAny: looked into by name
const send = (quirks: Partial<Quirks>, changes: Partial<ModelRequest> = {}): any => {
  const request = aRequest(changes)
  const dialect = { service: 'compatible' as const, quirks: { ...usual, ...quirks } }
  return toRequest(request, createToolNames(request.tools, request.messages), dialect)
}

describe('a request to a service with peculiarities', () => {
  it('is this where it has all of them', () => {
    const quirks: Quirks = {
      omit: ['stream_options', 'top_p'],
      rename: { max_tokens: 'max_output', seed: 'random_seed' },
      extra: { safe: true, model: 'not this one' },
      takesTools: true,
      toolChoice: 'required',
      effort: 'reasoning_effort',
      reasoning: 'reasoning_content',
      callIdLength: 9,
    }
    const id = expect.stringMatching(/^[a-z0-9]{9}$/)
    expect(
      send(quirks, {
        messages: aToolExchange('look', 'ok', 'I should.'),
        tools: [aTool('look')],
        maxTokens: 5,
        effort: 'low',
        sampling: { seed: 1, top_p: 0.5, temperature: 0 },
      }),
    ).toEqual({
      safe: true,
      model: 'some-model',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Look it up' },
        {
          role: 'assistant',
          content: 'Looking.',
          reasoning_content: 'I should.',
          tool_calls: [{ id, type: 'function', function: { name: 'look', arguments: '{"at":"home"}' } }],
        },
        { role: 'tool', tool_call_id: id, content: 'ok' },
      ],
      stream: true,
      max_output: 5,
      temperature: 0,
      random_seed: 1,
      tools: [
        {
          type: 'function',
          function: { name: 'look', description: 'Does look.', parameters: { type: 'object', properties: {} } },
        },
      ],
      tool_choice: 'required',
      reasoning_effort: 'low',
    })
  })

  it('has a line of the model between results and what is said next, where nobody else may follow them', () => {
    const messages = [...aToolExchange('look', 'ok'), aUser('And now?')]
    const rolesOf = (quirks: Partial<Quirks>, model: string) =>
      send(quirks, { messages, model }).messages.map(({ role }: { role: string }) => role)
    const between = ['system', 'user', 'assistant', 'tool', 'assistant', 'user']
    const usually = ['system', 'user', 'assistant', 'tool', 'user']
    expect(rolesOf({ modelFollowsResults: true }, 'some-model')).toEqual(between)
    expect(rolesOf({ modelFollowsResults: false }, 'devstral')).toEqual(usually)
    expect(rolesOf({}, 'some-model')).toEqual(usually)
    for (const model of ['mistralai/ministral-8b', 'mixtral:8x7b', 'codestral-2508', 'magistral-medium-latest']) {
      expect(rolesOf({}, model)).toEqual(between)
    }
    expect(send({ modelFollowsResults: true }, { messages }).messages.slice(-3)).toEqual([
      { role: 'tool', tool_call_id: expect.any(String), content: 'ok' },
      { role: 'assistant', content: 'I have seen the results.' },
      { role: 'user', content: 'And now?' },
    ])
    // With nothing said after them there is nothing to put between.
    const exchange = send({ modelFollowsResults: true }, { messages: aToolExchange('look', 'ok') })
    expect(exchange.messages.at(-1)).toMatchObject({ role: 'tool' })
  })

  it('says nothing of tools where there are none', () => {
    expect(send({ toolChoice: 'auto' })).not.toHaveProperty('tool_choice')
    const without = send({ toolChoice: 'auto', takesTools: false }, { tools: [aTool('look')] })
    expect(without).not.toHaveProperty('tools')
    expect(without).not.toHaveProperty('tool_choice')
  })

  it('has the same id for a call and its result, and no id twice', () => {
    const short = callIds({ service: 'compatible', quirks: { ...usual, callIdLength: 6 } })
    const ids = Array.from({ length: 5000 }, (_, at) => `call_${at}`)
    const given = ids.map(short)
    expect(new Set(given).size).toBe(ids.length)
    expect(ids.map(short)).toEqual(given)
    for (const id of given) expect(id).toMatch(/^[a-z0-9]{6}$/)
    expect(short('aB3dE6')).toBe('aB3dE6')
    expect(short(given[0]!)).not.toBe(given[0])
    expect(callIds({ service: 'compatible' })('call_1')).toBe('call_1')
  })

  it('knows what its models can do where that is said', () => {
    const of = (quirks: Partial<Quirks>) =>
      dialectCapabilities({ service: 'compatible', quirks: { ...usual, ...quirks } }, 'some-vision-model')
    expect(of({})).toEqual({ thinking: false, vision: true })
    expect(of({ takesPictures: false, effort: 'reasoning' })).toEqual({ thinking: true, vision: false })
  })
})
