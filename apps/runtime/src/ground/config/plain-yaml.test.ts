// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is read

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument, stringify, type ToStringOptions } from 'yaml'
import '../../testing/fixed-seed.ts'
import { bundles, toYaml } from './bundles/index.ts'
import { readPlainYaml, Unquoted } from './plain-yaml.ts'

const root = join(import.meta.dirname, '../../../../..')

/** What the parser says that knows where everything stands; undefined where it refuses. */
function read(text: string): { value: unknown } | undefined {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
  return document.errors.length === 0 ? { value: document.toJS() } : undefined
}

describe('what is read quickly is what is read with places', () => {
  const files = globSync('{examples,fixtures/configurations}/**/*.yaml', {
    cwd: root,
    // It is no configuration of ours.
    exclude: ['**/compose.yaml'],
  })

  it.each([...files.map((file) => readFileSync(join(root, file), 'utf8')), ...bundles.map(toYaml)])(
    'in a configuration file, all of it: %.40s',
    (text) => {
      expect(read(text)).toEqual({ value: readPlainYaml(text, false) })
    },
  )

  it('in whatever is written as YAML, in each of its styles', () => {
    const Styles = fc.record<ToStringOptions>({
      blockQuote: fc.constantFrom<ToStringOptions['blockQuote']>(true, false, 'folded', 'literal'),
      collectionStyle: fc.constantFrom('any', 'block', 'flow'),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
      lineWidth: fc.constantFrom(0, 20, 80),
      indentSeq: fc.boolean(),
    })
    const Values = fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'small', maxDepth: 4 }), { minKeys: 1 })
    fc.assert(
      fc.property(Values, Styles, fc.boolean(), (value, styles, crlf) => {
        const text = stringify(value, { ...styles, aliasDuplicateObjects: false })
        agrees(crlf ? text.replaceAll('\n', '\r\n') : text)
      }),
      { numRuns: 1000 },
    )
  })

  it('in whatever somebody may have written, right or wrong', () => {
    const Pieces = fc.constantFrom(
      ...[
        'a',
        'b c',
        'é',
        ': ',
        '- ',
        '? ',
        ', ',
        '\n',
        '\n',
        '\r\n',
        '\r',
        '\t',
        ' ',
        '  ',
        '    ',
        '[',
        ']',
        '{',
        '}',
      ],
      ...['"', "'", '\\n', '\\', '|\n', '>\n', '|-\n', '>+\n', '|2\n', '# x', '#', '---\n', '...\n', '%YAML 1.1\n'],
      ...['1', '007', '0o7', '0x1F', '0b1', '1_000', '-1', '+1', '1e3', '1e999', '.5', '1.', '.inf', '.nan', '1:30'],
      ...['yes', 'no', 'on', 'true', 'False', 'null', '~', '2026-01-01', '!!str ', '!x ', '&a ', '*a', '<<: ', '='],
      ...['@', '`', '&', '*', '!', '__proto__', '${A}', '\uFEFF', '\u2028', '\0', '\x7f'],
    )
    const Texts = fc
      .tuple(fc.constantFrom('', 'k: '), fc.array(Pieces, { maxLength: 16 }))
      .map(([key, pieces]) => key + pieces.join(''))
    fc.assert(
      fc.property(Texts, (text) => agrees(text)),
      { numRuns: 20_000 },
    )
  })
})

function agrees(text: string) {
  const value = readPlainYaml(text, false)
  if (value !== undefined) expect({ value }).toEqual(read(text))
}

it('tells what is unquoted apart', () => {
  expect(readPlainYaml('a: ${X}\nb: "${X}"\nc:\n- 1\n- x ${X} y', true)).toEqual({
    a: new Unquoted('${X}'),
    b: '${X}',
    c: [1, new Unquoted('x ${X} y')],
  })
})

it.each([
  ['an anchor', 'a: &x 1'],
  ['an alias', 'a: *x'],
  ['a tag', 'a: !!str 1'],
  ['a directive', '%YAML 1.1\n---\na: yes'],
  ['a key that is no text', '1: a'],
  ['a number that is too large', 'a: 1e999'],
  ['a key said twice', 'a: 1\na: 2'],
  ['several documents', 'a: 1\n---\nb: 2'],
  ['none', ''],
  ['what is no map', '- a'],
  ['a byte order mark', '\uFEFFa: 1'],
  ['a tab that indents', 'a: |\n  b\n\t'],
  ['what is refused', 'a: [1'],
])('leaves %s to the other parser', (_, text) => {
  expect(readPlainYaml(text, false)).toBeUndefined()
})
