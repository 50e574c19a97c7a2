import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../ground/json.ts'
import { aTool } from '../testing/requests.ts'
import { mendCall } from './mend-call.ts'

const schema = {
  type: 'object',
  properties: {
    path: { type: 'string' },
    limit: { type: 'integer' },
    ratio: { type: 'number' },
    deep: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    sizes: { type: 'array', items: { type: 'integer' } },
    where: { type: 'object', properties: { line: { type: 'integer' } } },
    either: { type: ['string', 'integer'] },
    maybe: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    level: { enum: [1, 2, 3] },
    place: { $ref: '#/$defs/Place' },
    open: {},
  },
  $defs: { Place: { type: 'object', properties: { x: { type: 'number' } } } },
}
const tools = [aTool('read_file', schema), aTool('mcp__files__List', schema)]
const mend = (name: string, input: unknown) => {
  const { name: meant, input: read } = mendCall({ type: 'tool_call', id: 'c', name, input }, tools)
  return { name: meant, input: read }
}
const inputOf = (input: unknown) => mend('read_file', input).input

describe('what a model meant to call', () => {
  it.each([
    ['read_file', 'read_file'],
    ['Read_File', 'read_file'],
    ['functions.read_file', 'read_file'],
    ['function:read_file', 'read_file'],
    ['default_api.read_file', 'read_file'],
    [' read_file\n', 'read_file'],
    ['read_file<|channel|>commentary', 'read_file'],
    ['functions.read_file <|constrain|>json', 'read_file'],
    ['<|channel|>', '<|channel|>'],
    ['mcp__files__list', 'mcp__files__List'],
    ['file_read', 'file_read'],
    ['read', 'read'],
    ['my.read_file', 'my.read_file'],
    ['', ''],
  ])('by %j is %j', (name, meant) => {
    expect(mend(name, {}).name).toBe(meant)
  })

  it('is nothing where two tools are meant as well as each other', () => {
    const twins = [aTool('look'), aTool('Look')]
    const meant = (name: string) => mendCall({ type: 'tool_call', id: '', name, input: {} }, twins).name
    expect(['look', 'Look', 'LOOK', 'functions.look'].map(meant)).toEqual(['look', 'Look', 'LOOK', 'functions.look'])
  })
})

/** As models wrote them. */
const readable: [string, string, unknown][] = [
  ['a comma too many', '{"path": "a", "tags": ["x", "y",],}', { path: 'a', tags: ['x', 'y'] }],
  ['a fence', '```json\n{"path": "a"}\n```', { path: 'a' }],
  ['a fence without a language', '```\n{"path": "a"}```', { path: 'a' }],
  ['an object in a text', '"{\\"path\\": \\"a\\"}"', { path: 'a' }],
  ['one that was quoted twice', JSON.stringify(JSON.stringify('{"path": "a"}')), { path: 'a' }],
  ['a quoted one with a comma too many', JSON.stringify('{"path": "a",}'), { path: 'a' }],
  ['the last brace missing', '{"path": "a"', { path: 'a' }],
  ['several missing', '{"where": {"line": 1}, "tags": ["x"', { where: { line: 1 }, tags: ['x'] }],
  ['a brace too many', '{"path": "a"}}', { path: 'a' }],
  ['a token of its template', '{"path": "a"}<|im_end|>', { path: 'a' }],
  ['the end of a tag', '{"path": "a"}\n</tool_call>', { path: 'a' }],
  ['line breaks in a text', '{"path": "one\ntwo\tthree"}', { path: 'one\ntwo\tthree' }],
  ["Python's words", '{"deep": True, "open": None}', { deep: true, open: null }],
  ['a quote escaped that needs none', '{"path": "it\\\'s"}', { path: "it's" }],
  ['a comma in a text', '{"path": "a,}",}', { path: 'a,}' }],
]

/** Any of them could be meant otherwise. */
const unreadable: [string, string][] = [
  ['cut in a text', '{"path": "a'],
  ['cut in a number', '{"limit": 10'],
  ['cut behind a comma', '{"path": "a",'],
  ['cut behind a name', '{"path": "a", "limit"'],
  ['cut behind a colon', '{"path": "a", "limit":'],
  ['two objects', '{"path": "a"}{"path": "b"}'],
  ['words before it', 'Sure! {"path": "a"}'],
  ['words behind it', '{"path": "a"} is what I want'],
  ['crossed brackets', '{"tags": ["x"}'],
  ['single quotes', "{'path': 'a'}"],
  ['no quotes', '{path: a}'],
  ['a quote in a text', '{"path": "say "hello" to"}'],
  ['no comma', '{"path": "a" "limit": 1}'],
  ['two commas', '{"path": "a",, "limit": 1}'],
  ['a list', '["a"]'],
  ['a list of one object', '[{"path": "a"}]'],
  ['a number', '7'],
  ['words', 'a'],
  ['nothing but a brace', '{'],
]

describe('arguments', () => {
  it.each(readable)('are understood with %s', (_, text, input) => {
    expect(inputOf(text)).toEqual(input)
  })

  it.each(unreadable)('stay as they are with %s', (_, text) => {
    expect(inputOf(text)).toBe(text)
  })

  it.each([
    [{ limit: '10' }, { limit: 10 }],
    [{ limit: ' -3 ' }, { limit: -3 }],
    [
      { ratio: '0.5', limit: '0.5' },
      { ratio: 0.5, limit: '0.5' },
    ],
    [{ limit: 'ten' }, { limit: 'ten' }],
    [{ limit: '' }, { limit: '' }],
    [{ limit: '1e3' }, { limit: '1e3' }],
    [{ limit: '12345678901234567890' }, { limit: '12345678901234567890' }],
    [{ deep: 'true' }, { deep: true }],
    [{ deep: 'False' }, { deep: false }],
    [{ deep: 'yes' }, { deep: 'yes' }],
    [{ path: 'true' }, { path: 'true' }],
    [{ path: '10' }, { path: '10' }],
    [{ path: 42 }, { path: '42' }],
    [{ path: 1.5 }, { path: 1.5 }],
    [{ path: 12_345_678_901_234_567_890n }, { path: '12345678901234567890' }],
    [{ either: '10' }, { either: '10' }],
    [{ maybe: '10' }, { maybe: 10 }],
    [{ maybe: 'null' }, { maybe: null }],
    [{ level: '2' }, { level: 2 }],
    [{ tags: '["x", "y"]' }, { tags: ['x', 'y'] }],
    [{ tags: 'x, y' }, { tags: 'x, y' }],
    [{ tags: '{"x": 1}' }, { tags: '{"x": 1}' }],
    [{ sizes: ['1', '2', 'big'] }, { sizes: [1, 2, 'big'] }],
    [{ sizes: '["1"]' }, { sizes: [1] }],
    [{ where: { line: '7' } }, { where: { line: 7 } }],
    [{ where: '{"line": "7"}' }, { where: { line: 7 } }],
    [{ place: { x: '1.5' } }, { place: { x: 1.5 } }],
    [
      { open: '10', unknown: '10' },
      { open: '10', unknown: '10' },
    ],
  ])('%j are %j', (input, fitted) => {
    expect(inputOf(input)).toEqual(fitted)
  })

  it('that fit already are not touched', () => {
    const input = { path: 'a', limit: 1, tags: ['x'], where: { line: 1 } }
    expect(inputOf(input)).toBe(input)
  })

  it('of a choice are fitted by what its branches have', () => {
    const choice = { oneOf: [{ properties: { op: { const: 'get' }, n: { type: 'integer' } } }, { properties: {} }] }
    const call = { type: 'tool_call' as const, id: '', name: 'pick', input: { op: 'get', n: '4' } }
    expect(mendCall(call, [aTool('pick', choice)]).input).toEqual({ op: 'get', n: 4 })
  })

  it('never throw, and JSON means what it says', () => {
    const bits = ['{', '}', '[', ']', '"', ',', ':', '\\', '\n', 'True', '```', '"path"', '"a"', '1', '<|im_end|>']
    const text = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string()), { maxLength: 12 })
    const property = fc.property(text, fc.jsonValue({ maxDepth: 4 }), (pieces, value) => {
      inputOf(pieces.join(''))
      const plain = { type: 'tool_call' as const, id: '', name: 'plain', input: JSON.stringify({ value }) }
      expect(mendCall(plain, [aTool('plain')]).input).toEqual(readJson(plain.input))
    })
    fc.assert(property, { numRuns: 3000 })
  })
})
