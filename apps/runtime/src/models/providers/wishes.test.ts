import { describe, expect, it } from 'vitest'
import { leftOut as anthropicLeftOut, toRequest as toAnthropic } from './anthropic/to-request.ts'
import { leftOut as geminiLeftOut, toRequest as toGemini } from './gemini/to-request.ts'
import { leftOut as ollamaLeftOut, toRequest as toOllama } from './ollama/to-request.ts'
import { leftOut as openAiLeftOut } from './openai/dialect.ts'
import { toRequest as toResponses } from './openai/responses/to-request.ts'
import type { Service } from './openai/service.ts'
import { toRequest as toOpenAi } from './openai/to-request.ts'
import type { ModelRequest } from './provider.ts'
import { aRequest, aTool } from './testing/requests.ts'
import { createToolNames, type ToolNames } from './tools/tool-names.ts'
import { allWishes, type LeftOut, type Wish } from './wishes.ts'

const tools = [aTool('look')]
const schema = { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] }
const format = { type: 'schema' as const, name: 'place', schema, strict: true }

/** One that says so, for each wish. */
const saying: Record<Wish, Partial<ModelRequest>> = {
  tool_choice: { tools, toolChoice: { name: 'look' } },
  parallel_tool_calls: { tools, oneCall: true },
  strict: { tools: [{ ...tools[0]!, strict: true }] },
  response_format: { format },
  reasoning_effort: { effort: 'high' },
  temperature: { sampling: { temperature: 0.5 } },
  top_p: { sampling: { top_p: 0.5 } },
  top_k: { sampling: { top_k: 5 } },
  frequency_penalty: { sampling: { frequency_penalty: 0.5 } },
  presence_penalty: { sampling: { presence_penalty: 0.5 } },
  seed: { sampling: { seed: 5 } },
  stop: { sampling: { stop: ['END'] } },
}

interface Told {
  body(request: ModelRequest, names: ToolNames): unknown
  leftOut(request: ModelRequest, names: ToolNames): readonly LeftOut[]
}

const chat = (service: Service, omit: string[] = []): Told => {
  const quirks = { omit, rename: {}, extra: {}, takesTools: true }
  const dialect = { service, ...(service === 'compatible' && { quirks }) } as Parameters<typeof toOpenAi>[2]
  return {
    body: (request, names) => toOpenAi(request, names, dialect),
    leftOut: (request) => openAiLeftOut(dialect, request),
  }
}

const services: [string, string, Told][] = [
  ['OpenAI', 'gpt-4.1', chat('openai')],
  ['DeepSeek', 'deepseek-chat', chat('deepseek')],
  ['a service of one’s own', 'm', chat('compatible')],
  ['one that takes no seed and no format', 'm', chat('compatible', ['seed', 'response_format'])],
  [
    'OpenAI’s Responses',
    'gpt-5.1',
    {
      body: (request, names) => toResponses(request, names, { service: 'openai' }, false),
      leftOut: (request) => openAiLeftOut({ service: 'openai' }, request),
    },
  ],
  ...['claude-sonnet-4-5', 'claude-opus-4-1', 'claude-opus-4-8', 'claude-haiku-4-5'].map(
    (model): [string, string, Told] => ['Anthropic', model, { body: toAnthropic, leftOut: anthropicLeftOut }],
  ),
  ...['gemini-2.0-flash', 'gemini-2.5-pro', 'gemini-3-pro'].map((model): [string, string, Told] => [
    'Gemini',
    model,
    { body: toGemini, leftOut: geminiLeftOut },
  ]),
  ...[true, false].map((thinks): [string, string, Told] => [
    'Ollama',
    thinks ? 'qwen3' : 'llama3',
    {
      body: (request, names) => toOllama(request, names, { thinks, hasLevels: false, sees: false }),
      leftOut: (request) => ollamaLeftOut(request, { thinks }),
    },
  ]),
]

describe.each(services)('%s (%s)', (_, model, { body, leftOut }) => {
  it.each(allWishes)('is told of %s, or it is said that it is not', (wish) => {
    const said = aRequest({ model, ...saying[wish] })
    const { toolChoice: _choice, oneCall: _one, format: _format, effort: _effort, ...rest } = said
    const silent = { ...rest, sampling: {}, tools: rest.tools.map(({ strict: _strict, ...tool }) => tool) }
    const names = createToolNames(said.tools, said.messages)
    const isTold = JSON.stringify(body(said, names)) !== JSON.stringify(body(silent, names))
    expect(leftOut(said, names)).toEqual(isTold ? [] : [wish])
    expect(leftOut(silent, names)).toEqual([])
  })
})

describe('of texts at which an answer is to end', () => {
  const left = (name: string, model: string, stop: string[]) => {
    const [, , { leftOut }] = services.find((one) => one[0] === name && one[1] === model)!
    const request = aRequest({ model, sampling: { stop } })
    return leftOut(request, createToolNames(request.tools, request.messages))
  }
  const texts = ['1', '2', '', '3', '4', '5', '6']

  it('it is said that there are more than the service takes', () => {
    expect(left('OpenAI', 'gpt-4.1', texts)).toEqual(['more than 4 texts of stop'])
    expect(left('a service of one’s own', 'm', texts)).toEqual(['more than 4 texts of stop'])
    expect(left('Gemini', 'gemini-3-pro', texts)).toEqual(['more than 5 texts of stop'])
    expect(left('OpenAI’s Responses', 'gpt-5.1', texts)).toEqual(['stop'])
  })

  it('nothing is said where all are taken', () => {
    expect(left('OpenAI', 'gpt-4.1', texts.slice(0, 5))).toEqual([])
    expect(left('Gemini', 'gemini-3-pro', texts.slice(0, 6))).toEqual([])
    expect(left('Anthropic', 'claude-sonnet-4-5', texts)).toEqual([])
    expect(left('Ollama', 'llama3', texts)).toEqual([])
  })

  it('it is said that Anthropic takes none that is blank', () => {
    expect(left('Anthropic', 'claude-sonnet-4-5', ['END', '\n\n'])).toEqual(['blank texts of stop'])
  })
})

describe('a request is put in the words of its service', () => {
  const wished = (model: string, more: Partial<ModelRequest> = {}) =>
    aRequest({ model, tools: [aTool('look.up')], toolChoice: { name: 'look.up' }, oneCall: true, format, ...more })
  const named = (request: ModelRequest) => createToolNames(request.tools, request.messages)

  it('to OpenAI', () => {
    const request = wished('gpt-4.1')
    const names = named(request)
    expect(toOpenAi(request, names, { service: 'openai' })).toMatchObject({
      tool_choice: { type: 'function', function: { name: names.toWire('look.up') } },
      parallel_tool_calls: false,
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema, strict: true } },
    })
    expect(toOpenAi({ ...request, format: { type: 'json' } }, names, { service: 'deepseek' })).toMatchObject({
      response_format: { type: 'json_object' },
    })
    expect(toResponses(request, names, { service: 'openai' }, false)).toMatchObject({
      tool_choice: { type: 'function', name: names.toWire('look.up') },
      parallel_tool_calls: false,
      text: { format: { type: 'json_schema', name: 'place', schema, strict: true } },
    })
  })

  it('to Anthropic, which takes closed objects only and makes no model call that thinks', () => {
    const nested = { type: 'object', properties: { list: { type: 'array', items: schema } }, $defs: { one: schema } }
    const request = wished('claude-sonnet-4-5', { format: { ...format, schema: nested } })
    const names = named(request)
    const shut = { ...schema, additionalProperties: false }
    expect(toAnthropic(request, names)).toMatchObject({
      tool_choice: { type: 'tool', name: names.toWire('look.up'), disable_parallel_tool_use: true },
      output_config: {
        format: {
          type: 'json_schema',
          schema: {
            type: 'object',
            properties: { list: { type: 'array', items: shut } },
            $defs: { one: shut },
            additionalProperties: false,
          },
        },
      },
    })
    expect(toAnthropic({ ...request, toolChoice: 'required', oneCall: false }, names)).toMatchObject({
      tool_choice: { type: 'any' },
    })
    const thinking = { ...request, effort: 'high' as const }
    expect(toAnthropic(thinking, names)).toMatchObject({
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    })
    expect(anthropicLeftOut(thinking, names)).toEqual(['tool_choice'])
    const adaptive = toAnthropic({ ...thinking, model: 'claude-opus-4-8' }, names)
    expect(adaptive).toMatchObject({ output_config: { effort: 'high', format: { type: 'json_schema' } } })
    expect(toAnthropic({ ...request, toolChoice: 'none' }, names)).toMatchObject({ tool_choice: { type: 'none' } })
  })

  it('to Gemini, which before its third family answers in JSON or calls', () => {
    const request = wished('gemini-3-pro')
    const names = named(request)
    expect(toGemini(request, names)).toMatchObject({
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [names.toWire('look.up')] } },
      generationConfig: { responseMimeType: 'application/json', responseSchema: { type: 'object' } },
    })
    const older = { ...request, model: 'gemini-2.5-pro', toolChoice: 'none' as const }
    expect(toGemini(older, names)).toMatchObject({ toolConfig: { functionCallingConfig: { mode: 'NONE' } } })
    expect(toGemini(older, names)).not.toHaveProperty('generationConfig.responseMimeType')
    expect(geminiLeftOut(older)).toEqual(['parallel_tool_calls', 'response_format'])
  })

  it('to Ollama, which is offered no tools where none is to be called', () => {
    const request = wished('m', { toolChoice: 'none', oneCall: false })
    const abilities = { thinks: false, hasLevels: false, sees: false }
    const body = toOllama(request, named(request), abilities)
    expect(body).not.toHaveProperty('tools')
    expect(body).toMatchObject({ format: schema })
    expect(ollamaLeftOut(request, abilities)).toEqual([])
  })
})
