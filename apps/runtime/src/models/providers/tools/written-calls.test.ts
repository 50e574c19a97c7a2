import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWrittenCalls, WrittenCalls } from './written-calls.ts'

const offered = new Set(['search', 'read_file'])
const search = { id: '', name: 'search', input: { q: 'ferry' } }
const object = '{"name": "search", "arguments": {"q": "ferry"}}'

/** As models were seen to write them. */
const calls: Record<string, string> = {
  'an object, as qwen2.5-coder does': `${object}\n`,
  'parameters, as llama3.2 does': '{"name": "search", "parameters": {"q": "ferry"}}',
  'with its type, as llama3.1 does': '{"type": "function", "name": "search", "parameters": {"q": "ferry"}}',
  'as the protocol has it':
    '{"type": "function", "function": {"name": "search", "arguments": "{\\"q\\": \\"ferry\\"}"}}',
  'a fence': `\`\`\`json\n${object}\n\`\`\``,
  'a fence without a language': `\`\`\`\n${object}\n\`\`\``,
  'a tag, as Hermes and qwen3 do': `<tool_call>\n${object}\n</tool_call>`,
  'a tag whose end the server keeps': `<tool_call>\n${object}`,
  'a token, as llama3.1 does': `<|python_tag|>${object}`,
  'a list, as mistral does': `[TOOL_CALLS] [${object}]`,
  'a name and a list of arguments, as newer ones of mistral do': '[TOOL_CALLS]search[ARGS]{"q": "ferry"}',
  'its name in brackets': '[tool_use:search] {"q": "ferry"}',
  'tags alone, as qwen3-coder does':
    '<tool_call>\n<function=search>\n<parameter=q>\nferry\n</parameter>\n</function>\n</tool_call>',
  'such tags without the one around them': '<function=search>\n<parameter=q>ferry</parameter>\n</function>',
  'another word for the name': '{"tool": "search", "args": {"q": "ferry"}}',
  'a list of calls': `{"tool_calls": [${object}]}`,
}

const texts: Record<string, string> = {
  'a tool that was not offered': object.replace('search', 'delete_all'),
  'words before it': `I look it up:\n${object}`,
  'words behind it': `${object}\nThat is how it is called.`,
  'code with words around it': `So:\n\n\`\`\`json\n${object}\n\`\`\``,
  'something else beside it': `${object} {"name": "Ada", "arguments": {}}`,
  'an object that says more': '{"name": "search", "arguments": {"q": "ferry"}, "result": "none"}',
  'an object without arguments': '{"name": "search"}',
  'arguments that are no object': '{"name": "search", "arguments": ["ferry"]}',
  'a call that was cut': object.slice(0, -4),
  'a fence that was not closed': `\`\`\`json\n${object}`,
  'a tag with words in it': '<tool_call>search for ferries</tool_call>',
  'tags of which one was not closed': '<function=search>\n<parameter=q>\nferry\n</function>',
  'tags with words among them': '<function=search>\nfor q\n<parameter=q>ferry</parameter></function>',
  'an empty list': '[]',
  'other data': '{"ports": ["Kiel", "Oslo"]}',
  'a list of other data': '[{"name": "Kiel", "arguments": 4}]',
  'a quoted call': JSON.stringify(object),
  'its name in brackets, in words': '[tool_use:search] looks for things.',
}

describe('calls that are written as text', () => {
  it.each(Object.entries(calls))('are %s', (_, text) => {
    expect(readWrittenCalls(text, offered)).toEqual([search])
  })

  it.each(Object.entries(texts))('are not %s', (_, text) => {
    expect(readWrittenCalls(text, offered)).toBeUndefined()
  })

  it.each([
    `[${object}, ${object}]`,
    `${object}\n${object}`,
    `${object}; ${object}`,
    `<tool_call>${object}</tool_call>\n<tool_call>${object}</tool_call>`,
    `[tool_use:search] {"q": "ferry"}\n[tool_use:search] {"q": "ferry"}`,
    `\`\`\`json\n${object}\n\`\`\`\n\n\`\`\`json\n${object}\n\`\`\``,
  ])('may be several: %s', (text) => {
    expect(readWrittenCalls(text, offered)).toEqual([search, search])
  })

  it('may have line breaks in what they write', () => {
    const text = '{"name": "read_file", "arguments": {"path": "a\nb\tc"}}'
    expect(readWrittenCalls(text, offered)).toEqual([{ id: '', name: 'read_file', input: { path: 'a\nb\tc' } }])
  })

  const play = (pieces: readonly string[], mayCall = true, tools = offered) => {
    const written = new WrittenCalls(tools)
    const shown = pieces.map((piece) => written.push(piece))
    return { shown, ...written.end(mayCall) }
  }

  it('are kept back while they are written, and nothing else is for long', () => {
    const pieces = object.match(/.{1,5}/g)!
    expect(play(pieces)).toEqual({ shown: pieces.map(() => ''), text: '', calls: [search] })
    expect(play(['I look', ' it up: ', object])).toEqual({ shown: ['I look', ' it up: ', object], text: '', calls: [] })
    const data = '{"ports": ["Kiel", "Oslo", "Göteborg", "Trelleborg", "Rostock", "Travemünde"]'
    expect(play([data, '}']).shown).toEqual([data, '}'])
    expect(play(['[a link](x), ', 'y'.repeat(64), 'z']).shown).toEqual(['', `[a link](x), ${'y'.repeat(64)}`, 'z'])
  })

  it('are text where the turn cannot have called, and where nothing was offered', () => {
    expect(play([object], false)).toEqual({ shown: [''], text: object, calls: [] })
    expect(play([object], true, new Set())).toEqual({ shown: [object], text: '', calls: [] })
  })

  it('begin anew where what came before was thinking', () => {
    const written = new WrittenCalls(offered)
    expect(written.push('{"name": ')).toBe('')
    expect(written.startAnew()).toBe('{"name": ')
    expect(written.push(object)).toBe('')
    expect(written.end(true).calls).toEqual([search])
  })

  it('lose no character of a text, and are never called without being offered', () => {
    const bits = [...Object.values(calls), ...Object.values(texts), '{', '"name":', '```', '[tool_use:', 'search', '\n']
    const piece = fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'grapheme' }))
    const property = fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const { shown, text, calls: made } = play(pieces)
      if (made.length === 0) expect(shown.join('') + text).toBe(pieces.join(''))
      else expect([shown.join(''), text]).toEqual(['', ''])
      for (const { name } of made) expect(offered.has(name)).toBe(true)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('are found in linear time', () => {
    const long = `{"name": "search", "arguments": {"q": "${'x{['.repeat(300_000)}"}}`
    expect(play(long.match(/.{1,7}/g)!).calls[0]!.input.q).toHaveLength(900_000)
    expect(play(Array(100_000).fill(' ')).text).toHaveLength(100_000)
  })
})
