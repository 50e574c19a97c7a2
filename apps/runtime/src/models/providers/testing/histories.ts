import fc from 'fast-check'
import type { AssistantBlock, Message, ModelRequest, ToolSpec, UserBlock } from '../provider.ts'

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 2, arbitrary: fc.constantFrom('', ' ', '\n\n', '\u00a0') },
  // What cutting a text by length leaves behind.
  { weight: 1, arbitrary: fc.constantFrom('half \ud83d', '\udc69 half', '\u0000') },
)

/** Few of them, so that they repeat. */
const id = fc.constantFrom('call_1', 'lc-1-0', 'functions.look:0', '', 'é', 'x'.repeat(80), '__proto__')
const name = fc.oneof(
  fc.constantFrom('look', 'mcp__files__read', 'files/read.all', '', 'n'.repeat(70), 'constructor'),
  fc.string({ unit: 'binary', maxLength: 80 }),
)
const reasoning = fc.option(
  fc.oneof(
    fc.constant(JSON.stringify([{ type: 'thinking', thinking: 'Hm', signature: 's' }, { type: 'call' }])),
    fc.constant(
      JSON.stringify([{ type: 'text', length: 3 }, { type: 'redacted_thinking', data: 'd' }, { type: 'call' }]),
    ),
    fc.constant(
      JSON.stringify([
        { type: 'reasoning', id: 'r', summary: [], encrypted: 'e' },
        { type: 'call' },
        { type: 'text', length: 0 },
      ]),
    ),
    fc.constant('[{"type":"thinking"},{"type":"call"},7,'),
    fc.constant(
      JSON.stringify([
        { type: 'text', length: 0, signature: 's' },
        { type: 'call', id: 'f', signature: 's' },
      ]),
    ),
    text,
  ),
  { nil: undefined },
)

const call: fc.Arbitrary<AssistantBlock> = fc.record({
  type: fc.constant('tool_use' as const),
  id,
  name,
  input: fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, '{"cut off', {})),
})
const saying = text.map((value) => ({ type: 'text' as const, text: value }))
const picture = fc.record({
  type: fc.constant('image' as const),
  media_type: fc.constantFrom('image/png', 'image/jpeg', 'image/gif', 'image/webp'),
  data: fc.constantFrom('iVBORw0KGgo=', 'AAAA', ''),
})

const assistantBlocks = fc.tuple(fc.array(saying, { maxLength: 2 }), fc.array(call, { maxLength: 3 }))

/** An assistant turn and the user turn that answers it, in any order of results. */
const exchange: fc.Arbitrary<Message[]> = fc
  .record({
    blocks: assistantBlocks,
    reasoning,
    result: text,
    is_error: fc.boolean(),
    extra: fc.array(fc.oneof(saying, picture), { maxLength: 2 }),
    order: fc.constantFrom('kept', 'reversed'),
  })
  .map(({ blocks: [said, calls], reasoning, result, is_error, extra, order }) => {
    const results = calls.flatMap((block): UserBlock[] =>
      block.type === 'tool_use'
        ? [{ type: 'tool_result', tool_use_id: block.id, name: block.name, text: result, is_error }]
        : [],
    )
    const content = [...extra, ...(order === 'kept' ? results : results.toReversed())]
    return [
      { role: 'assistant', content: [...said, ...calls], ...(reasoning === undefined ? {} : { reasoning }) },
      { role: 'user', content },
    ]
  })

const opening: fc.Arbitrary<Message> = fc
  .array(fc.oneof(saying, picture), { maxLength: 3 })
  .map((content) => ({ role: 'user', content }))

/** Any history that keeps the promises of `Message`. */
export const aHistory: fc.Arbitrary<Message[]> = fc
  .tuple(opening, fc.array(exchange, { maxLength: 6 }))
  .map(([first, exchanges]) => [first, ...exchanges.flat()])

/** Any messages at all, as a cut in the wrong place would leave them. */
export const aBrokenHistory: fc.Arbitrary<Message[]> = fc
  .tuple(aHistory, fc.nat(12), fc.nat(12))
  .map(([messages, from, to]) => messages.toSpliced(Math.min(from, to), Math.abs(to - from)))

const schema = fc.constantFrom<ToolSpec['input_schema']>(
  {},
  { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  { oneOf: [{ properties: { op: { const: 'a' } }, required: ['op'] }, { properties: { op: { const: 'b' } } }] },
  { $defs: { A: { anyOf: [{ $ref: '#/$defs/A' }] } }, allOf: [{ $ref: '#/$defs/A' }], enum: [1], not: {} },
)
const tools = fc.uniqueArray(fc.record({ name, description: text, input_schema: schema }), {
  selector: (tool) => tool.name,
  maxLength: 4,
})
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const sampling = fc.record({
  temperature: optional(fc.double({ min: 0, max: 2, noNaN: true })),
  top_p: optional(fc.double({ min: 0, max: 1, noNaN: true })),
  top_k: optional(fc.integer({ min: 1, max: 50 })),
  seed: optional(fc.integer()),
  stop: optional(fc.array(text, { maxLength: 8 })),
})

export function aModelRequest(
  models: readonly string[],
  messages: fc.Arbitrary<Message[]>,
): fc.Arbitrary<ModelRequest> {
  return fc.record({
    model: fc.constantFrom(...models),
    agent: text,
    runId: fc.constant('r_1'),
    system: fc.array(fc.record({ text, cacheable: fc.boolean() }), { maxLength: 7 }),
    messages,
    tools,
    maxTokens: optional(fc.integer({ min: 1, max: 40_000 })),
    effort: optional(fc.constantFrom('minimal' as const, 'low' as const, 'medium' as const, 'high' as const)),
    sampling: optional(sampling),
  })
}
