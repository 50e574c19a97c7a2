import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DocumentSearch, parseDocumentSearch } from './document-search.ts'
import { aChunk } from './makers.ts'
import {
  besideSaved,
  isChanged,
  nameFor,
  type SavedView,
  savedViews,
  toSearch,
  toSettings,
  withSaved,
} from './saved-views.ts'

const status = fc.constantFrom<DocumentSearch>({}, { status: 'open' }, { status: ['open', ''] })
const others = fc.constantFrom<DocumentSearch>(
  {},
  { q: 'words', sort: 'title' },
  { group: 'field:size', widths: ['title:22'] },
)
const where = fc.constantFrom<DocumentSearch>({}, { where: [{ field: 'due', is: 'eq', value: 'overdue' }] })
const search = fc.tuple(status, others, where).map((parts): DocumentSearch => Object.assign({}, ...parts))
const aView = (search: DocumentSearch): SavedView => ({ id: 'c', name: 'mine', title: 'Mine', search })
/** What navigating to it leaves. */
const address = (now: DocumentSearch): DocumentSearch => parseDocumentSearch(JSON.parse(JSON.stringify(now)))

describe('saved views', () => {
  it('are the settings of a document, by name, without the board itself', () => {
    const settings = (name: string, title: string) =>
      [
        name,
        aChunk(name, { type: 'loom/board', natural_key: `board:${name}`, title, fields: { sort: 'title' } }),
      ] as const
    const boards = new Map([settings('main', 'Board'), settings('b', 'View 10'), settings('a', 'View 9')])
    expect(savedViews(boards).map(({ name, title }) => [name, title])).toEqual([
      ['a', 'View 9'],
      ['b', 'View 10'],
    ])
  })

  it('are written as settings and read as they were', () => {
    fc.assert(
      fc.property(search, (each) => {
        const read = toSearch(toSettings(each, 'table'))
        expect(isChanged({ ...each, view: 'table' }, aView(read))).toBe(false)
        expect(isChanged(read, aView({ ...each, view: 'table' }))).toBe(false)
      }),
    )
  })

  it('whatever the address says besides, it holds what was last chosen', () => {
    fc.assert(
      fc.property(search, search, search, (kept, first, second) => {
        const view = aView(kept)
        let now: DocumentSearch = { saved: 'mine' }
        for (const chosen of [first, second]) {
          const all = {
            status: undefined,
            q: undefined,
            sort: undefined,
            group: undefined,
            where: undefined,
            widths: undefined,
            ...chosen,
          }
          now = address({ ...now, ...besideSaved(all, view) })
          expect(withSaved(now, view)).toEqual({ ...chosen, saved: 'mine' })
        }
        expect(isChanged(address({ ...now, ...besideSaved({ ...clear, ...kept }, view) }), view)).toBe(false)
      }),
    )
  })

  it('hold where the address says nothing that makes sense', () => {
    const view = aView({ q: 'words', where: [{ field: 'due', is: 'set' }] })
    const now = parseDocumentSearch({ saved: 'mine', q: [1], where: 'x', sort: 'title' })
    expect(withSaved(now, view)).toEqual({ ...view.search, saved: 'mine', sort: 'title' })
  })

  it('have a name of their own in the address', () => {
    expect(nameFor('Überfällig: diese Woche!', [])).toBe('uberfallig-diese-woche')
    expect(nameFor('Mine', ['mine', 'mine-2'])).toBe('mine-3')
    expect(nameFor('main', [])).toBe('main-2')
    expect(nameFor('…', [])).toBe('view')
  })
})

const clear = {
  status: undefined,
  q: undefined,
  sort: undefined,
  group: undefined,
  widths: undefined,
  where: undefined,
}
