import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../testing/fixed-seed.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { excerpt } from './excerpt.ts'
import { termsOf, toIndexText, toMatch } from './terms.ts'

/** An index of texts that answers which of them a query finds. */
async function anIndex(...texts: string[]) {
  const db = await tempDatabase()
  const insert = (text: string, at: number) => ({
    sql: 'insert into chat_fts (rowid, words, owners) values (?, ?, ?)',
    parameters: [at, toIndexText(text), 'everybody'],
  })
  await db.write(texts.map(insert))
  return async (query: string, mode: 'all' | 'any' | 'start' | 'phrase' = 'start') => {
    const match = toMatch(termsOf(query), mode)
    if (match === undefined) return undefined
    const rows = await db.all<{ n: number }>('select rowid as n from chat_fts(?)', [match])
    return rows.map(({ n }) => texts[n]!)
  }
}

describe('what is looked for', () => {
  it.each([
    ['京タワ', '明日、東京タワーに行く。'],
    ['中间', '在句子的中间找到'],
    ['ข้าว', 'ฉันกินข้าวแล้ว'],
    ['カタカナ', 'ｶﾀｶﾅ'],
    ['ＡＢＣ', 'about abc'],
    ['елка', 'Новогодняя ЁЛКА'],
    ['ёлка', 'новогодняя елка'],
    ['МОСКВА', 'в москва'],
    ['cafe', 'Un CAFÉ noir'],
    ['Ελλαδα', 'στην Ελλάδα'],
    ['👍', 'Good 👍🏽!'],
    ['❤', 'I ❤️ it'],
    ['👩‍👧', 'A 👩‍👩‍👧 family'],
    ['🇩🇪', 'in 🇩🇪 today'],
    ['C++', 'We write C++, mostly'],
    ['c#', 'or C#'],
    ['write c', 'We write C++'],
    ['moonl', 'in the moonlight'],
    ['𠮷野', '𠮷野家'],
    ['deutsch', '日本語deutsch日本語'],
    ['한국', '한국어'],
    ['a=b', 'if a = b'],
    ['strasse', 'Lange Straße'],
    ['lodz', 'w Łódź'],
    ['smorrebrod', 'Smørrebrød'],
    ['שלום', 'שָׁלוֹם'],
    ['محمد', 'مُحَمَّد'],
    ['345', '٣٤٥'],
    ['123', '१२३'],
    ['hyphen', 'soft hy\u00adphen'],
  ])('%s is in %s', async (query, text) => {
    expect(await (await anIndex(text))(query)).toEqual([text])
  })

  it.each([
    ['C++', 'A, B, C'],
    ['C#', 'C flat'],
    ['東北', '東の北'],
    ['и', 'й'],
    ['👍', '👎'],
    ['か', 'が'],
  ])('%s is not in %s', async (query, text) => {
    expect(await (await anIndex(text))(query, 'all')).toEqual([])
  })

  it('is found side by side in texts of any length, and nothing else', async () => {
    const often = '東の京'.repeat(400)
    const long = `${often} ${Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(' ')}`
    const find = await anIndex(`${long} 東京タワー needle`, `${long} 京タ needles`)
    expect(await find('東京')).toHaveLength(1)
    expect(await find('京タワ')).toHaveLength(1)
    expect(await find('needle', 'all')).toHaveLength(1)
    expect(await find('word19999 needl')).toHaveLength(2)
    expect(await find('word12345 word12346', 'phrase')).toHaveLength(2)
    expect(await find('word12346 word12345', 'phrase')).toEqual([])
    expect(await find('東京 nothing', 'any')).toHaveLength(1)
  })

  it('is nothing where there is neither a letter nor a sign', () => {
    for (const query of ['', '  ', '"', '-', '()', '。', '*', '\u200d'])
      expect(toMatch(termsOf(query), 'all')).toBeUndefined()
  })

  it('is found in whatever it was taken from, and never a mistake of its language', async () => {
    const piece = fc.constantFrom(
      '東京',
      'ข้าว',
      'ё',
      'Café',
      'C++',
      '#',
      '"',
      ' ',
      ' ',
      '*',
      '👍🏽',
      '\u0301',
      'ｶﾞ',
      'a',
      '𠮷',
      '\ud800',
      '-',
      'NOT',
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const found = await (await anIndex(given))(given, 'all')
        expect(found ?? [given]).toEqual([given])
      }),
      { numRuns: 100 },
    )
  }, 60_000)
})

describe('an excerpt', () => {
  it('is of where the first of the terms is', () => {
    expect(excerpt(`${'x '.repeat(100)}needle ${'y '.repeat(200)}`, termsOf('needle'))).toMatch(
      /^…(x )+needle (y )+y…$/,
    )
    expect(excerpt(`${'x '.repeat(100)}ЁЛКА`, termsOf('елка'))).toMatch(/^…(x )+ЁЛКА$/)
    // A few characters before it, of which folding makes more or fewer, change nothing.
    expect(excerpt(`❤️ Straße… ${'x '.repeat(100)}ЁЛКА`, termsOf('елка'))).toMatch(/^…(x )+ЁЛКА$/)
    expect(excerpt('short', termsOf('other'))).toBe('short')
  })

  it('cuts no character in half', () => {
    for (let n = 0; n < 4; n++) {
      const text = `${'x'.repeat(n)}${'👍'.repeat(300)}needle${'👍'.repeat(300)}`
      expect(excerpt(text, termsOf('needle')).isWellFormed()).toBe(true)
      const family = '👨‍👩‍👧‍👦'
      const families = `${'x'.repeat(n)}${family.repeat(40)}needle${family.repeat(40)}`
      expect(excerpt(families, termsOf('needle')).replaceAll(family, '')).toMatch(/^…needle…$/)
    }
  })
})
