import { describe, expect, it } from 'vitest'
import { whySlow } from './check-regexes.ts'
import { regexesIn } from './regexes/regexes-in.ts'

const slow = [
  /((?:api[_-]?key|secret|token|password)["']?\s*[:=]\s*["']?)(?=[\w./+=-]*\d)[\w./+=-]{16,}(?!\()/gi,
  /token=(?=[\w=]*\d)/g,
  /<[^>]*>/g,
  /\/+$/,
  /<user>\n(.*?)\n<\/user>/gs,
  /^[ \t]*\|?[ \t]*x$/,
  /(?:a+)+b/,
  /\b[\w-]+@/,
  /^\s*#.*:$/gm,
  /x(?:[A-Z][a-z]{1,20}: [^\n]{1,80}\s+){0,4}y/y,
  /x(?:\s|\\n)+(?:A: [^\n\\]{1,80}(?:\s|\\n)+){0,4}y/y,
  /^\[[^\]]{0,200}[^\s\]][^\]]{0,200}\]:/,
  /x(?:a{1,9}){1,9}y/,
]

const linear = [
  /(?<![\w-])sk-[\w-]{16,}/g,
  /(?<!\/)\/+$/,
  /^-+$/,
  /<[^<>]*>/g,
  /\bx\w+:/,
  /[^\s]{1,100}@/,
  /\s+/g,
  /`[\s\S]*?(?:`|$)/g,
  /^[ \t]*(?:\|[ \t]*)?x$/,
  /x(?:[A-Z][a-z]{1,20}: [^\n]{1,80}\n){0,4}y/y,
  /^ {0,3}[ \t]*x/,
  /\d{1,3}(?:\.\d{1,3}){0,3}/,
]

describe('a regular expression', () => {
  it.each(slow)('is found where it reads the same characters again and again: %s', ({ source, flags }) => {
    expect(whySlow({ source, flags })).toBeDefined()
  })

  it.each(linear)('passes where it does not: %s', ({ source, flags }) => {
    expect(whySlow({ source, flags })).toBeUndefined()
  })
})

it('finds them in programs, with the line', () => {
  const code = "const a = /x+/g\nconst b = new RegExp('y|z', 'i')\nconst c = new RegExp(a)\n"
  expect(regexesIn('some.ts', code)).toEqual([
    { line: 1, source: 'x+', flags: 'g' },
    { line: 2, source: 'y|z', flags: 'i' },
  ])
})
