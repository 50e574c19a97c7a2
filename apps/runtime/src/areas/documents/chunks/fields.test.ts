import { pages } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

describe('typed fields', () => {
  it('hold what their type declares, in the document or everywhere', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    const fields = [
      'note',
      { name: 'n', kind: 'number' },
      { name: 'date', kind: 'date', required: true },
      { name: 'platform', type: 'enum', options: ['blog', { value: 'hn', color: 'orange' }] },
      { name: 'who', kind: 'person' },
      { name: 'link', kind: 'url' },
      { name: 'done', kind: 'boolean' },
    ]
    expect(await ask('define_type', { name: 'publication', fields })).toEqual({
      ok: true,
      name: 'publication',
      document_id: '',
    })
    expect(await ask('list_types', {})).toEqual({
      types: [
        {
          name: 'publication',
          document_id: '',
          fields,
          field_specs: [
            { name: 'note', kind: 'text', required: false },
            { name: 'n', kind: 'number', required: false },
            { name: 'date', kind: 'date', required: true },
            { name: 'platform', kind: 'select', required: false, options: ['blog', 'hn'] },
            { name: 'who', kind: 'person', required: false },
            { name: 'link', kind: 'url', required: false },
            { name: 'done', kind: 'checkbox', required: false },
          ],
        },
      ],
    })
    const good = {
      date: '2026-06-30',
      n: 1.5,
      platform: 'hn',
      who: 'ada',
      link: 'https://x.org/y',
      done: false,
      note: 't',
      free: [1],
    }
    const { id } = await ask('create_chunk', { document_id, title: 'A', type: 'publication', fields: good })
    const wrong: Array<[string, unknown, string]> = [
      ['n', '1', 'a number'],
      ['date', '2026-02-30', 'a date'],
      ['date', '30.6.2026', 'a date'],
      ['platform', 'x', 'one of blog, hn'],
      ['who', ' ', 'the name of a person'],
      ['link', 'javascript:alert(1)', 'a URL'],
      ['done', 'yes', 'true or false'],
      ['note', 5, 'text'],
    ]
    for (const [name, value, must] of wrong) {
      const { message } = await refusal('update_chunk', { id, revision: 1, set_fields: { [name]: value } })
      expect(message).toContain(`the field "${name}" of type publication must be ${must}`)
    }
    expect((await refusal('update_chunk', { id, revision: 1, fields: {} })).message).toContain(
      '"date" of type publication is required',
    )
    expect(
      (await refusal('upsert_chunk', { document_id, natural_key: 'k', title: 'B', type: 'publication' })).message,
    ).toContain('is required')
    expect(
      (await refusal('import_md', { markdown: '# A\n<!-- loom: {"type":"publication"} -->\n' })).message,
    ).toContain('is required')
    await ask('define_type', { name: 'publication', document_id, fields: { date: 'text' } })
    expect(await ask('update_chunk', { id, revision: 1, fields: { date: 'soon' } })).toMatchObject({
      fields: { date: 'soon' },
    })
    expect((await ask('list_types', { document_id })).types).toHaveLength(2)
  })

  it('are refused where they are more than a type, with how many there may be', async () => {
    const { ask, refusal } = await someDocuments()
    const refused = async (fields: unknown) => (await refusal('define_type', { name: 't', fields })).message
    const names = (count: number) => Array.from({ length: count }, (_, i) => `f${i}`)
    const select = (options: string[]) => [{ name: 'a', kind: 'select', options }]
    expect(await refused(names(501))).toBe('define_type: these would be 501 fields of a type, and there may be 500')
    expect(await refused(Object.fromEntries(names(501).map((name) => [name, 'text'])))).toContain('501 fields')
    expect(await refused(names(501).map((_, i) => i))).toContain('501 fields')
    expect(await refused(['n'.repeat(201)])).toContain('201 characters in the name of a field, and there may be 200')
    expect(await refused(select(names(501)))).toContain('501 options of the field "a", and there may be 500')
    expect(await refused(select(['o'.repeat(201)]))).toContain('201 characters in an option of the field "a"')
    expect(await refused({ elsewhere: 'x'.repeat(65_536) })).toContain('there may be 65536')
    await ask('define_type', { name: 't', fields: [...names(499), ...select(names(500))] })
    expect((await ask('list_types', {})).types[0].field_specs).toHaveLength(500)
  })

  it('are of no more types than there may be, in a document and everywhere', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    for (let n = 0; n < 200; n++) await ask('define_type', { name: `t${n}` })
    expect((await refusal('define_type', { name: 'one more' })).message).toContain('201 types')
    await ask('define_type', { name: 't7', fields: ['again'] })
    await ask('define_type', { name: 'one more', document_id })
  })

  it('are read as an earlier version stored them, however many, and refusals name some', async () => {
    const { db, ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    await ask('define_type', { name: 't', fields: ['a'] })
    const options = Array.from({ length: 40_000 }, (_, i) => `option ${i} ${'x'.repeat(200)}`)
    const many = Array.from({ length: 40_000 }, (_, i) => ({ name: `f${i}`, kind: 'number' }))
    const stored = [...many, { name: 'choice', kind: 'select', options }]
    await db.write([{ sql: 'update chunk_types set fields = ?', parameters: [JSON.stringify(stored)] }])
    const card = { document_id, title: 'A', type: 't' }
    const { message } = await refusal('create_chunk', { ...card, fields: { choice: 'none' } })
    expect(message).toContain('must be one of option 0 x')
    expect(message).toContain('and 39980 more')
    expect(message.length).toBeLessThan(3_000)
    await ask('create_chunk', { ...card, fields: { choice: options.at(-1), f39999: 1 } })
    expect((await refusal('create_chunk', { ...card, fields: { f39999: 'x' } })).message).toContain('must be a number')
  })

  it('are listed a page at a time, by name, and a page is not long', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    const { document_id: other } = await ask('create_document', { title: 'Other' })
    for (let n = 0; n < 30; n++) {
      await ask('define_type', { name: `t${n}`, fields: { note: 'x'.repeat(65_000) } })
      await ask('define_type', { name: `t${n}`, document_id })
      await ask('define_type', { name: `t${n}`, document_id: other })
    }
    const read = async (input: object) => {
      const found: Array<{ name: string; document_id: string }> = []
      const lengths: number[] = []
      for await (const page of pages((cursor) => ask('list_types', { ...input, ...cursor }))) {
        found.push(...page.types)
        lengths.push(JSON.stringify(page).length)
      }
      return { found: found.map(({ name, document_id }) => `${name} ${document_id}`), lengths }
    }
    const names = Array.from({ length: 30 }, (_, n) => `t${n}`).sort()
    const of = (documents: string[]) => names.flatMap((name) => documents.sort().map((id) => `${name} ${id}`))
    const all = await read({})
    expect(all.found).toEqual(of(['', document_id, other]))
    expect(all.lengths).toHaveLength(2)
    expect(Math.max(...all.lengths)).toBeLessThan(1024 * 1024 + 20_000)
    expect((await read({ document_id, limit: 7 })).found).toEqual(of(['', document_id]))
    expect((await read({ document_id, limit: 1 })).lengths).toHaveLength(60)
    const { next_cursor: cursor } = await ask('list_types', { limit: 1 })
    expect((await refusal('list_types', { cursor, document_id })).code).toBe('invalid_cursor')
  })

  it('may be declared in other ways, and are not checked then', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const unchecked = async (fields: unknown) => (await ask('define_type', { name: 't', fields })).unchecked
    expect(await unchecked([{ kind: 'date' }])).toEqual([expect.stringContaining('every field needs a name')])
    expect(await unchecked([{ name: 'a', kind: 'colour' }])).toEqual([
      expect.stringContaining('those that are checked are text, number, date, select, person, url, checkbox'),
    ])
    expect(await unchecked([{ name: 'a', kind: 'select' }])).toEqual([expect.stringContaining('needs options')])
    expect(await unchecked(['a', { name: 'a', kind: 'date' }])).toEqual([expect.stringContaining('declared twice')])
    expect(await unchecked('anything')).toHaveLength(1)
    const map = { n: 'number', hue: { kind: 'colour' } }
    expect(await unchecked(map)).toHaveLength(1)
    expect((await ask('list_types', {})).types).toEqual([
      { name: 't', document_id: '', fields: map, field_specs: [{ name: 'n', kind: 'number', required: false }] },
    ])
    const { document_id } = await plan()
    const card = { document_id, title: 'A', type: 't' }
    expect((await refusal('create_chunk', { ...card, fields: { n: 'x' } })).message).toContain('must be a number')
    await ask('create_chunk', { ...card, fields: { n: 1, hue: 7 } })
    expect((await refusal('define_type', { name: 't', document_id: 'nope' })).message).toContain('no such document')
  })
})
