import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { describe, expect, it } from 'vitest'
import { chunkLinks, type Linkable } from './chunk-links.ts'
import { slashMenu } from './slash-menu.ts'

const at = (text: string) => new CompletionContext(EditorState.create({ doc: text }), text.length, false)
const here: Linkable[] = [
  { id: 'c1', title: 'Goals' },
  { id: 'c2', title: 'Launch day' },
  { id: 'c3', title: 'launch day' },
  { id: 'c4', title: 'A [b]' },
]
const far: Linkable[] = [{ id: 'd1', title: 'Goals of others', where: 'another document' }]
const links = chunkLinks({ here: () => here, elsewhere: async (query) => (query === 'goals' ? far : []) })

/** What stands in a text once an offer is taken. */
async function taken(text: string, label: string): Promise<string> {
  const result = (await links(at(text)))!
  const option = result.options.find((each) => each.label === label)!
  let state = EditorState.create({ doc: text })
  const view = {
    get state() {
      return state
    },
    dispatch: (spec: Parameters<EditorState['update']>[0]) => {
      state = state.update(spec).state
    },
  }
  if (typeof option.apply === 'function') option.apply(view as EditorView, option, result.from, text.length)
  return state.doc.toString()
}

describe('two brackets', () => {
  it('offer chunks of this document by their titles, and what is found elsewhere', async () => {
    expect((await links(at('See [[goals')))?.options.map(({ label }) => label)).toEqual(['Goals', 'Goals of others'])
    expect((await links(at('See [[launch')))?.options).toHaveLength(2)
    expect(links(at('See [one'))).toBeNull()
    expect(links(at('See [[Goals]] and'))).toBeNull()
  })

  it('become a link to one chunk, by its title where that is the only one', async () => {
    expect(await taken('See [[goa', 'Goals')).toBe('See [[Goals]]')
    expect(await taken('[[launch', 'launch day')).toBe('[[c3|launch day]]')
    expect(await taken('[[a', 'A [b]')).toBe('[[c4|A  b ]]')
    expect(await taken('[[goals', 'Goals of others')).toBe('[[d1|Goals of others]]')
  })
})

describe('a slash', () => {
  const menu = slashMenu({ onImage: () => {} })

  it('at the start of a line offers blocks, and nowhere else', () => {
    const names = (text: string) => menu(at(text))?.options.map(({ displayLabel }) => displayLabel)
    expect(names('/')).toContain('Checkbox')
    expect(names('words\n  /ta')).toContain('Image')
    expect(names('either/or')).toBeUndefined()
    expect(
      slashMenu({ onImage: undefined })(at('/'))?.options.some(({ displayLabel }) => displayLabel === 'Image'),
    ).toBe(false)
  })
})
