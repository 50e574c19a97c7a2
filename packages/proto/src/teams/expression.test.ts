import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Expression,
  ExpressionError,
  holds,
  isAboutCard,
  parseExpression,
  type Scope,
  scopeNames,
} from './index.ts'

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_120) })

const card: Scope = {
  status: 'review',
  type: 'post',
  title: 'Launch',
  fields: {
    score: 8,
    due: '2026-03-01',
    approved: true,
    owner: { name: 'ada' },
    'sub-title': 'x',
    not: 1,
    big: 9007199254740993n,
  },
  tags: ['urgent', 'web'],
  output: { verdict: 'ok', items: [{ n: 2 }] },
  iteration: 3,
}

describe('an expression', () => {
  it.each([
    ['fields.score >= 8 and not (tags contains "draft")', true],
    ['fields.score > 8 or status == "review"', true],
    ["status == 'review' && !(type != 'post')", true],
    ['fields.approved', true],
    ['fields.missing', false],
    ['fields.missing == null', true],
    ['fields.owner.name == "ada"', true],
    ['fields["sub-title"] == "x" and fields.sub-title == "x"', true],
    ['fields.not == 1', true],
    ['output.items[0].n == 2', true],
    ['output.items["0"].n == 2', false],
    ['fields.due < "2026-04-01"', true],
    ['fields.due < 5', false],
    ['fields.score == "8"', false],
    ['fields.big == 9007199254740992', false],
    ['fields.big > 9007199254740992', true],
    ['title contains "aun"', true],
    ['tags', true],
    ['output.verdict contains 3', false],
    ['iteration == 3 and true', true],
    ['not not fields.approved == true', true],
    ['status == "a" or status == "b" and false', false],
    ['title.length', false],
    ['fields.constructor or fields.__proto__ or tags.length', false],
    ['title == "\\"" or title == "Launch"', true],
    ['-1 < 0', true],
  ])('%s', (text, expected) => {
    expect(holds(parseExpression(text), card)).toBe(expected)
  })

  it.each([
    ['', 'expects a value or one of status, type, title, fields, tags, output, iteration at its end'],
    ['status ==', 'expects a value or one of status, type, title, fields, tags, output, iteration at its end'],
    [
      'stats == "a"',
      'expects one of status, type, title, fields, tags, output, iteration, or a text in quotes, at character 1, not "stats"',
    ],
    [
      'status == review',
      'expects one of status, type, title, fields, tags, output, iteration, or a text in quotes, at character 11, not "review"',
    ],
    ['(status', 'expects ")" at its end'],
    ['status "a"', 'expects and, or, or a comparison at character 8, not "\\"a\\""'],
    ['status == "a', 'has a text that begins at character 11 and does not end'],
    ['fields.', 'expects a name at its end'],
    ['fields[true]', 'expects a number or a text in quotes at character 8, not "true"'],
    ['fields[0', 'expects "]" at its end'],
    [
      'alert(1)',
      'expects one of status, type, title, fields, tags, output, iteration, or a text in quotes, at character 1, not "alert"',
    ],
    ['status; x', 'has ";" at character 7, which means nothing here'],
    [`${'('.repeat(51)}status${')'.repeat(51)}`, 'goes more than 50 levels deep'],
    [`status == "${'a'.repeat(1000)}"`, 'is longer than 1000 characters'],
  ])('%s is refused with what was expected', (text, message) => {
    expect(() => parseExpression(text)).toThrow(new ExpressionError(message))
  })

  it('is about the card unless it speaks of what only a run knows', () => {
    expect(isAboutCard(parseExpression('not (fields.a == 1 or status == "x")'))).toBe(true)
    expect(isAboutCard(parseExpression('fields.a == 1 or iteration > 2'))).toBe(false)
    expect(isAboutCard(parseExpression('not output'))).toBe(false)
  })

  it('that was written out says the same when it is read again, of whatever there is', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -99, max: 99 }),
      fc.string({ maxLength: 6 }),
    )
    const leaf: fc.Arbitrary<Expression> = fc.oneof(
      value.map((one): Expression => ({ kind: 'value', value: one })),
      fc
        .record({
          root: fc.constantFrom(...scopeNames),
          steps: fc.array(fc.oneof(fc.nat(2), fc.constantFrom('a', 'b', 'and')), { maxLength: 2 }),
        })
        .map((path): Expression => ({ kind: 'path', ...path })),
    )
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('tree'), right: tie('tree') }),
        fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
        fc.record({
          kind: fc.constant('compare' as const),
          by: fc.constantFrom('==' as const, '!=' as const, '<' as const, '>=' as const, 'contains' as const),
          left: tie('tree'),
          right: tie('tree'),
        }),
      ),
    }))
    const scopes = fc.record({
      fields: fc.dictionary(fc.constantFrom('a', 'b', 'and'), fc.jsonValue()),
      output: fc.jsonValue(),
      tags: fc.array(fc.string()),
    })
    fc.assert(
      fc.property(tree, scopes, (expression, scope) => {
        const text = written(expression)
        fc.pre(text.length <= 1000)
        const read = parseExpression(text)
        expect(holds(read, scope)).toBe(holds(expression, scope))
        expect(isAboutCard(read)).toBe(isAboutCard(expression))
      }),
    )
  })

  it('is read or refused, and never anything else, whatever is written', () => {
    const words = fc.array(
      fc.constantFrom(
        'status',
        'fields',
        '.',
        '[',
        ']',
        '(',
        ')',
        '"a"',
        '1',
        'and',
        'not',
        '==',
        '<',
        'contains',
        ' ',
        'x',
        '\\',
        "'",
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          words.map((one) => one.join(' ')),
          words.map((one) => one.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          try {
            holds(parseExpression(text), card)
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionError)
          }
        },
      ),
    )
  })
})

function written(expression: Expression): string {
  switch (expression.kind) {
    case 'value':
      return typeof expression.value === 'string'
        ? `"${expression.value.replace(/["\\]/g, '\\$&')}"`
        : String(expression.value)
    case 'path':
      return `${expression.root}${expression.steps.map((step) => (step === 'and' ? '.and' : typeof step === 'number' ? `[${step}]` : `["${step}"]`)).join('')}`
    case 'not':
      return `not (${written(expression.of)})`
    case 'compare':
      return `(${written(expression.left)}) ${expression.by} (${written(expression.right)})`
    default:
      return `(${written(expression.left)}) ${expression.kind} (${written(expression.right)})`
  }
}
