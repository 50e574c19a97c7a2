import { AgentOverlay } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readText,
  toText,
  withItemMoved,
  withoutItems,
  withValue,
} from '../../../components/definitions/definition-text.ts'
import { fieldsOf, otherKeys, valueAt } from '../../../components/definitions/editor/field.ts'
import { agentSpec } from './agent-spec.ts'

const allFields = fieldsOf(agentSpec)
const keptFields = agentSpec.kept

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'yes',
    'null',
    '- a',
    'a: b',
    '# no',
    '"',
    "it's",
    '~',
    '1e3',
    '0x1f',
    ' ',
    '\n',
    'a\n\n  b\n',
    '\r\n',
    '<<',
    '*a',
    '&a',
    '|',
  ),
)
const leaf = fc.oneof(
  words,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.array(words, { maxLength: 4 }),
)
const members = fc.dictionary(fc.oneof(fc.constantFrom('temperature', 'x-own', '__proto__', '1'), words), leaf, {
  maxKeys: 4,
  noNullPrototype: true,
})
const definition = fc.dictionary(
  fc.oneof(fc.constantFrom(...allFields.map(({ path: [key] }) => key), 'x-of-somebody', 'models'), words),
  fc.oneof(leaf, members),
  { maxKeys: 8, noNullPrototype: true },
)
const said = (text: string) => JSON.stringify(readText(text).definition)
const asSent = (value: unknown) => JSON.stringify(value)

describe('an agent as a text', () => {
  it('says what the agent says, whatever that is', () => {
    fc.assert(
      fc.property(definition, (agent) => {
        expect(said(toText(agent))).toBe(asSent(agent))
      }),
      { numRuns: 500 },
    )
  })

  it('says the same but for the one value that is changed in a field, and keeps what no field shows', () => {
    const change = fc.record({
      path: fc.constantFrom(...allFields.map(({ path }) => path)),
      value: fc.option(fc.oneof(words, fc.integer(), fc.boolean(), fc.array(words, { minLength: 1, maxLength: 3 })), {
        nil: undefined,
      }),
    })
    fc.assert(
      fc.property(definition, fc.array(change, { maxLength: 5 }), (agent, changes) => {
        let text = toText(agent)
        for (const { path, value } of changes) {
          text = withValue(text, path, value)
          const now = readText(text).definition!
          expect(asSent(valueAt(now, path))).toBe(asSent(value))
        }
        const changed = new Set(changes.map(({ path: [key] }) => key))
        const now = readText(text).definition!
        const rest = (of: object) => Object.entries(of).filter(([key]) => !changed.has(key))
        expect(asSent(rest(now))).toBe(asSent(rest(agent)))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps comments, order and ways of writing of whoever wrote it', () => {
    const text = "# Ours\ntools: [Read, 'Grep'] # both\nx-team: blue\nsampling:\n  temperature: 0.2\n"
    expect(withValue(text, ['sampling', 'temperature'], 0.5)).toBe(
      "# Ours\ntools: [Read, 'Grep'] # both\nx-team: blue\nsampling:\n  temperature: 0.5\n",
    )
    expect(withValue(text, ['sampling', 'temperature'], undefined)).toBe(
      "# Ours\ntools: [Read, 'Grep'] # both\nx-team: blue\n",
    )
  })

  it('keeps what is written above a value that is taken out', () => {
    expect(withValue('# Ours\na: 1\n# The other\nb: 2\n', ['a'], undefined)).toBe('# Ours\n# The other\nb: 2\n')
    expect(withValue('# Ours\na: 1\n', ['a'], undefined)).toContain('# Ours')
  })

  it('takes members of its own where they were those of an alias', () => {
    const text = 'x-base: &cold\n  temperature: 0\n  seed: 7\nsampling: *cold\n'
    const changed = withValue(text, ['sampling', 'temperature'], 1)
    expect(readText(changed).definition).toEqual({
      'x-base': { temperature: 0, seed: 7 },
      sampling: { temperature: 1, seed: 7 },
    })
  })

  it('changes the one that is meant where others stand for the same, and loses none of them', () => {
    const text = 'states:\n  - handler: &h {agent: a}\n  - handler: *h\n  - handler: *h\n'
    const handlers = (changed: string) => {
      const { states } = readText(changed).definition as { states: { handler: object }[] }
      return states.map(({ handler }) => handler)
    }
    const a = { agent: 'a' }
    expect(handlers(withValue(text, ['states', '0', 'handler', 'agent'], 'b'))).toEqual([{ agent: 'b' }, a, a])
    expect(handlers(withValue(text, ['states', '1', 'handler', 'agent'], 'b'))).toEqual([a, { agent: 'b' }, a])
    expect(handlers(withoutItems(text, ['states'], [0]))).toEqual([a, a])
    expect(handlers(withItemMoved(text, ['states'], 2, 0))).toEqual([a, a, a])
    expect(readText(withValue('a: &t [x]\nb: *t\n', ['a'], ['y'])).definition).toEqual({ a: ['y'], b: ['x'] })
    // What has nothing to do with them leaves them alone.
    expect(withValue(`${text}note: b\n`, ['note'], 'c')).toBe(`${text}note: c\n`)
  })

  it('does not read what stands in itself', () => {
    expect(readText('a: 1\nb: &b\n  c: *b\n').problem).toEqual({
      line: 3,
      message: '*b stands in what it stands for, and has no end.',
    })
  })

  it('leaves nothing behind of a group whose last value was taken out', () => {
    expect(withValue('channels:\n  publish:\n    - a\n', ['channels', 'publish'], undefined)).toBe('')
    expect(withValue('', ['tree', 'max_runs'], 3)).toBe('tree:\n  max_runs: 3\n')
  })

  it('says on which line it cannot be read', () => {
    expect(readText('tools: [a\nmodel: x\n').problem?.line).toBe(2)
    expect(readText('model: x\nmodel: y\n').problem).toMatchObject({ line: 2 })
    expect(readText('- a\n').problem).toMatchObject({ line: 1 })
    expect(readText('x: *gone\n').problem).toBeTruthy()
    expect(readText('')).toEqual({ definition: {} })
    expect(readText('# nothing yet\n')).toEqual({ definition: {} })
  })
})

describe('the fields', () => {
  type Schema = { properties?: Record<string, Schema>; enum?: string[]; anyOf?: Schema[]; items?: Schema }
  const properties = (AgentOverlay as Schema).properties!

  it('are all that can be said of an agent, and nothing else', () => {
    const paths = (schema: Schema, above: string[]): string[] =>
      Object.entries(schema.properties ?? {}).flatMap(([key, of]) =>
        of.properties ? paths(of, [...above, key]) : [[...above, key].join('.')],
      )
    const declared = paths(AgentOverlay as Schema, [])
      .filter((path) => !keptFields.has(path))
      .sort()
    expect(allFields.map(({ path }) => path.join('.')).sort()).toEqual(declared)
    for (const key of keptFields) expect(properties, key).toHaveProperty(key)
  })

  it('offer what the wire takes', () => {
    for (const { path, kind } of allFields) {
      const at = path.reduce((schema: Schema, key) => schema.properties![key]!, AgentOverlay as Schema)
      if (kind.is === 'choice') expect(kind.of, path.join()).toEqual(at.enum)
      if (kind.is === 'choices')
        expect(
          kind.of.map(([value]) => value),
          path.join(),
        ).toEqual(at.items!.enum)
    }
  })

  it('say which keys stand in the text alone', () => {
    expect(otherKeys(agentSpec, { model: 'x', models: {}, 'x-team': 1 })).toEqual({
      kept: ['models'],
      unknown: ['x-team'],
    })
  })
})
