import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocuments } from '../../testing/some-documents.ts'
import { readCsv } from './csv.ts'
import { csvRow } from './csv-row.ts'

describe('a row', () => {
  it.each([
    ['a formula', '=1+1', `'=1+1`],
    ['what begins like one', '@SUM(A1)', `'@SUM(A1)`],
    ['a minus before words', '-rm', `'-rm`],
    ['a line', 'a\nb', '"a\nb"'],
    ['quotes', 'say "a"', '"say ""a"""'],
    ['a formula behind a tab', '\t=1', `"'\t=1"`],
    ['a number', -5, '-5'],
    ['a list', ['a', 'b'], '"[""a"",""b""]"'],
    ['nothing', undefined, ''],
  ])('holds %s so that no spreadsheet runs it', (_, value, written) => {
    expect(csvRow([value, 'x'])).toBe(`${written},x\r\n`)
  })

  it('is read back as it was, whatever it says', async () => {
    const cell = fc
      .string({ unit: 'binary', maxLength: 12 })
      .filter((text) => !/^'[=+@\t\r-]/.test(text) && text.isWellFormed())
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 4 }), async (cells) => {
        const { rows } = await readCsv(csvRow(cells.map((_, i) => `c${i}`)) + csvRow(cells))
        expect(rows).toEqual([cells])
      }),
    )
  })
})

describe('a table of cards', () => {
  async function aBoard() {
    const documents = await someDocuments()
    const { document_id } = await documents.ask('import_board', {
      text: 'Title,Status,Due,Owner\n=A,Todo,2026-01-02,Ines\n"B, too",Done,2026-01-03,Jonas\nC,,,\n',
    })
    const { chunks } = await documents.ask('query_chunks', { document_id, type: 'card' })
    const idOf = (title: string): string => chunks.find((chunk: { title: string }) => chunk.title === title).id
    return { ...documents, document_id, idOf }
  }

  it('has every card with all of its fields, and neither settings nor comments', async () => {
    const { ask, document_id, idOf } = await aBoard()
    await ask('create_chunk', { document_id, parent_id: idOf('C'), title: 'Said', type: 'comment', status: 'x' })
    expect(await ask('export_csv', { document_id })).toMatchObject({
      csv: 'title,status,tags,Due,Owner\r\n\'=A,todo,,2026-01-02,Ines\r\n"B, too",done,,2026-01-03,Jonas\r\nC,,,,\r\n',
      rows: 3,
    })
  })

  it('has the cards and columns that are asked for, in their order', async () => {
    const { ask, refusal, document_id, idOf } = await aBoard()
    const ids = [idOf('C'), 'gone', idOf('=A')]
    const { csv } = await ask('export_csv', { document_id, ids, columns: ['field:Owner', 'title'] })
    expect(csv).toBe(`Owner,title\r\n,C\r\nInes,'=A\r\n`)
    expect((await refusal('export_csv', { document_id, columns: ['colour'] })).message).toContain('no column "colour"')
  })

  it('is imported again as it was', async () => {
    const { ask, document_id } = await aBoard()
    const { csv } = await ask('export_csv', { document_id })
    const again = await ask('import_board', { text: csv })
    expect((await ask('export_csv', { document_id: again.document_id })).csv).toBe(csv)
  })
})
