import { fold } from '@loomcycle/proto/wire'
import { describe, expect, it } from 'vitest'
import { testStore } from '../../../testing/open-test-database.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'

describe.skipIf(testStore !== 'postgres')('words in Postgres', () => {
  it('are folded as they are everywhere', async () => {
    const db = await tempDatabase()
    const texts = [
      ...[
        'CAFÉ noir',
        'Новогодняя ЁЛКА',
        'Ελλάδα ΕΛΛΑΣ',
        'ＡＢＣ ｶﾀｶﾅ',
        'Straße Łódź Smørrebrød İstanbul ı',
        'שָׁלוֹם',
        'مُحَمَّد',
      ],
      ...['٣٤٥ १२३', 'hy\u00adphen', 'Й й か\u3099 が', '❤️ 👍🏽', 'a\u0301\u0302b', 'Ǆ ﬁ', 'Việt Nam', 'plain', ''],
    ]
    const list = JSON.stringify(texts)
    const rows = await db.all<{ folded: string }>('select fold(value) as folded from json_each(?)', [list])
    expect(rows.map(({ folded }) => folded)).toEqual(texts.map((text) => fold(text)))
  })

  it('are looked for in one text or another, each in any', async () => {
    const db = await tempDatabase()
    const has = async (words: string[], ...texts: (string | null)[]) => {
      const marks = texts.map(() => 'cast(? as text)').join(', ')
      const [row] = await db.all<{ yes: number }>(`select has_words(?, ${marks}) as yes`, [
        JSON.stringify(words),
        ...texts,
      ])
      return row!.yes
    }
    expect(await has(['caf', 'lka'], 'Un Café', null, 'ЁЛКА lka')).toBe(1)
    expect(await has(['caf', 'no'], 'Un Café', null)).toBe(0)
  })

  it('of a title stand not beside those of the text', async () => {
    const db = await tempDatabase()
    const sql = 'insert into chunk_fts (rowid, place, title, body, extra) values (?, ?, ?, ?, ?)'
    await db.write([{ sql, parameters: [1, 'place1', 'one two', 'three four', 'five'] }])
    const found = (match: string) => db.all('select rowid from chunk_fts(?)', [match])
    expect(await found('place : place1 AND {title body extra} : ("one two" AND "three fo" *)')).toHaveLength(1)
    expect(await found('place : place1 AND {title body extra} : ("two three")')).toEqual([])
    expect(await found('place : place1 AND {title body extra} : ({body} : ("two"))')).toEqual([])
    expect(await found('place : place2 AND {title body extra} : ("one")')).toEqual([])
    expect(await found('place : place1 AND {title body extra} : ("place1")')).toEqual([])
  })
})
