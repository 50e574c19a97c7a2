import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { tempDir } from '../../../testing/temp-dir.ts'
import { GlobPattern } from './glob-pattern.ts'
import { Newest } from './newest.ts'
import { requiredText } from './required-text.ts'
import { Searches } from './searches.ts'

function matches(pattern: string, path: string): boolean {
  const glob = new GlobPattern(pattern)
  return glob.isMatch(path.split('/').reduce((reached, name) => glob.step(reached, name), glob.start))
}

describe('patterns of paths', () => {
  it.each([
    ['*.ts', 'a.ts', true],
    ['*.ts', 'src/a.ts', false],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'x/y/a.ts', true],
    ['src/**', 'src/x/y', true],
    ['src/**/b/*', 'src/b/c', true],
    ['src/**/b/*', 'src/x/b/b/c', true],
    ['src/**/b/*', 'src/x/c', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?', 'a💡', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[]]', ']', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['{a,b/{c,d}}.x', 'b/d.x', true],
    ['{a,b/{c,d}}.x', 'b.x', false],
    ['.*', '.env', true],
    ['*', '.env', true],
    ['./a/./b', 'a/b', true],
  ])('%s and %s: %s', (pattern, path, is) => {
    expect(matches(pattern, path)).toBe(is)
  })

  it('tell where nothing can match, and need not be followed there', () => {
    const glob = new GlobPattern('src/*.ts')
    expect(glob.step(glob.start, 'docs')).toEqual([])
    const inSrc = glob.step(glob.start, 'src')
    expect(glob.goesOn(inSrc)).toBe(true)
    expect(glob.goesOn(glob.step(inSrc, 'a.ts'))).toBe(false)
  })

  it('take time in proportion, whatever stars there are', () => {
    expect(matches('*a*a*a*a*a*a*b', 'a'.repeat(5000))).toBe(false)
  })

  it('refuse alternatives beyond number', () => {
    expect(() => new GlobPattern('{a,b}'.repeat(12))).toThrow('too many alternatives')
  })
})

describe('the text that every match has', () => {
  it.each([
    ['value\\d+ = zzz', ' = zzz'],
    ['^import .* from "react"$', ' from "react"'],
    ['a\\.b\\(c', 'a.b(c'],
    ['colou?r', 'colo'],
    ['xab*', 'xa'],
    ['ab{0,2}c', 'a'],
    ['fo+bar', 'bar'],
    ['(one|two)three', 'three'],
    ['[abc]defg[^]x]', 'defg'],
    ['[[:alpha:]]one', 'one'],
    ['one|two', ''],
    ['(?i)one', ''],
    ['\\x41bc', ''],
    ['\\pLbc', ''],
    ['.*', ''],
    ['(a', ''],
    ['[a', ''],
  ])('of %s is "%s"', (pattern, text) => {
    expect(requiredText(pattern)).toBe(text)
  })
})

describe('the newest of many', () => {
  it('are kept and no others', () => {
    const newest = new Newest(3)
    for (const at of [5, 1, 9, 3, 7, 9, 2]) newest.add({ path: `f${at}`, at })
    expect(newest.inOrder().map(({ at }) => at)).toEqual([9, 9, 7])
    expect(newest.count).toBe(7)
  })
})

describe('searches', () => {
  it('go on beside everybody else, and end when nobody wants them', async () => {
    const dir = tempDir()
    for (let folder = 0; folder < 20; folder++) {
      mkdirSync(join(dir, `d${folder}`))
      for (let at = 0; at < 100; at++)
        writeFileSync(join(dir, `d${folder}`, `f${at}`), `${'ab'.repeat(500)}\n`.repeat(20))
    }
    const searches = new Searches({ most: 1 })
    const where = { self: dir, isFile: false, prefix: '' }
    const job = {
      kind: 'grep' as const,
      where,
      pattern: '(a|b)*c',
      mode: 'count' as const,
      ignoresCase: false,
      most: 100,
      before: 0,
      after: 0,
    }
    let turns = 0
    let isDone = false
    const found = searches.run(job, new AbortController().signal).finally(() => {
      isDone = true
    })
    while (!isDone) {
      turns++
      await setImmediate()
    }
    expect(await found).toBe('no matches')
    expect(turns).toBeGreaterThan(20)

    const gone = new AbortController()
    const dropped = searches.run(job, gone.signal)
    const waits = searches.run({ kind: 'glob', where, pattern: 'd1/f1' }, new AbortController().signal)
    gone.abort(new Error('nobody waits'))
    await expect(dropped).rejects.toThrow('nobody waits')
    expect(await waits).toBe('d1/f1')
    await searches.close()
  })

  it('end when they take too long, and say so', async () => {
    const dir = tempDir()
    for (let at = 0; at < 2000; at++) writeFileSync(join(dir, `f${at}`), '')
    const searches = new Searches({ longestMs: 0 })
    const where = { self: dir, isFile: false, prefix: '' }
    await expect(searches.run({ kind: 'glob', where, pattern: '*' }, new AbortController().signal)).rejects.toThrow(
      'the search took longer than 0 s; narrow it by path, pattern or glob',
    )
    await searches.close()
  })
})
