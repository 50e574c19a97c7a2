import { expect, it } from 'vitest'
import { isLightFormula } from './formula-weight.ts'

it.each([
  'x^2',
  '\\int_0^1 \\frac{x}{1+x^{2}}\\,dx',
  '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}',
  '\\left( a \\right)',
])('%s is set at once', (tex) => expect(isLightFormula(tex)).toBe(true))

it.each([
  ['long', 'x+'.repeat(1000)],
  ['deep', `${'\\frac{1}{'.repeat(50)}x${'}'.repeat(50)}`],
  ['one that defines what it is made of', '\\def\\a#1{#1#1}\\a{\\a{x}}'],
  ['one with new commands', '\\newcommand{\\a}{aa}\\a'],
  ['one that gives other names', '\\let\\b\\frac'],
])('a formula that is %s is not', (_, tex) => expect(isLightFormula(tex)).toBe(false))
