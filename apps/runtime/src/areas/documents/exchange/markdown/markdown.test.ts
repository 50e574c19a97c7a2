import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listMarkdown } from '../../../../../../../fixtures/find-fixture.ts'
import { inOneGo } from '../../../../ground/in-slices.ts'
import { toTitle } from '../../chunks/chunk.ts'
import { toDrafts } from '../import-sections.ts'
import { findHeadings } from './headings.ts'
import { takeEdges } from './metadata.ts'
import { readMarkdown } from './read.ts'
import { type WrittenChunk, writeMarkdown as write } from './write.ts'

const writeMarkdown = (...of: Parameters<typeof write>) => inOneGo(write(...of))

function chunksOf(text: string): WrittenChunk[] {
  const read = inOneGo(readMarkdown(inOneGo(takeEdges(text)).rest, 'Untitled'))
  const { drafts } = inOneGo(toDrafts(read, { parentId: '', depth: 0, withKeys: true }))
  const blank = {
    type: '',
    status: '',
    rank: '',
    body: '',
    fields: null,
    tags: [],
    natural_key: null,
    preamble: '',
    markup: null,
  }
  return drafts.map((draft) => ({ ...blank, ...draft, id: draft.id!, rank: draft.rank ?? '' }))
}

const throughChunks = (text: string) => writeMarkdown(chunksOf(text), { metadata: false })

/** Titles and bodies, indented by depth. */
function outline(chunks: readonly WrittenChunk[]): string[] {
  const depth = (chunk: WrittenChunk): number => {
    const parent = chunks.find(({ id }) => id === chunk.parent_id)
    return parent ? depth(parent) + 1 : 0
  }
  return chunks.map((chunk) => `${'  '.repeat(depth(chunk))}${chunk.title}${chunk.body ? `: ${chunk.body}` : ''}`)
}

const oddities: Record<string, string> = {
  'nothing at all': '',
  'only blank space': ' \n\t\n',
  'no heading': 'Just text.\n\nAnd more.\n',
  'no final newline': '# A\n\ntext',
  'a heading at the end without newline': '# A\n## B',
  'several blank lines': '\n\n# A\n\n\n\ntext\n\n\n## B\n\n\n',
  'trailing spaces': '# A   \ntext  \nmore   \n\n## B #  \n   \n',
  CRLF: '# A\r\n\r\ntext\r\n\r\n## B\r\nmore\r\n',
  'lone carriage returns': '# A\rtext\r## B\r',
  'mixed line ends': '# A\r\ntext\n\r\n## B\rmore\n',
  'a byte order mark': '\uFEFF# A\n\ntext\n',
  'a byte order mark before an underlined heading': '\uFEFFA\n===\n',
  'underlined headings': 'A\n===\n\ntext\n\nB\n---\nmore\nlines of\nC\n--\n',
  'headings in fences': '# A\n\n```md\n# not one\n~~~\n# nor this\n```\n\n~~~\n# nor this\n```\n~~~\n## B\n',
  'a fence that never ends': '# A\n```\n# no\n',
  'headings in HTML': '# A\n\n<div>\n# no\n</div>\n\n<!--\n# no\n\n# no\n-->\n\n<pre>\n\n# no\n</pre>\n## B\n',
  'headings in lists and quotations':
    '# A\n\n- one\n\n  # no\n- two\n---\n> quote\n---\n> # no\n\n1. x\n   # no\n\n## B\n',
  'indented code': '# A\n\n    # no\n\ttext\n\t# no\n## B\n',
  'levels that skip': '# A\n#### B\n## C\n###### D\n### E\n# F\n## G\n',
  'a first heading that is not the highest': '### A\n## B\n# C\n#### D\n',
  'empty headings': '#\n\n##  \ntext\n# #\n',
  'headings with marks at the end': '# A ##\n## B\\#\n## C#\n## D # #\n',
  'front matter': '---\ntitle: x\n---\n\n# A\n\ntext\n',
  'text before the first heading': 'Hello.\n\n# A\n\ntext\n',
  'tabs and other spaces': '#\tA\n\u00a0\n\u2028text\n\n##\t\tB\t#\t\n',
  'characters of every plane': '# 🧵 ß\n\n\u0000e\u0301 𝒳 \u{10ffff}\n',
  'comments that are nearly ours': '# A\n<!-- loom: nothing -->\n## B\n<!-- loom: {bad} -->\n',
  'marks that are no headings': '#hashtag\n####### seven\n\\# no\n#\u00a0no\n',
  'a table and a rule': '# A\n\n| a |\n|---|\n| b |\n\n***\n---\ntext\n***\n',
}

const piece = fc.constantFrom(
  ...['#', '##', ' ', 'a', 'B', '\n', '\n', '\n\n', '\r\n', '\r', '\t', '    ', '===', '---', '```', '~~~', '- '],
  ...['> ', '1. ', '<div>', '</div>', '<!--', '-->', '<pre>', '\uFEFF', '* * *', '|', '\\', '[[a]]', '# x\n', '## y\n'],
)
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
)

describe('Markdown through chunks', () => {
  it.each(Object.entries(oddities))('comes back to the byte: %s', (_, text) => {
    expect(throughChunks(text)).toBe(text)
  })

  it('comes back to the byte, whatever it is', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        expect(throughChunks(given)).toBe(given)
      }),
      { numRuns: 1000 },
    )
  }, 60_000)

  it.each(listMarkdown())('comes back to the byte: %s', (_, text) => {
    expect(throughChunks(text)).toBe(text)
    if (text.length > 10_000) expect(chunksOf(text).length).toBeGreaterThan(10)
  })

  it('finds the headings of the document and no others', () => {
    const titles = (name: keyof typeof oddities) =>
      inOneGo(findHeadings(oddities[name]!)).headings.map(({ level, title }) => `${level} ${title}`)
    expect(titles('underlined headings')).toEqual(['1 A', '2 B', '2 more lines of C'])
    expect(titles('headings in fences')).toEqual(['1 A', '2 B'])
    expect(titles('headings in HTML')).toEqual(['1 A', '2 B'])
    expect(titles('headings in lists and quotations')).toEqual(['1 A', '2 B'])
    expect(titles('indented code')).toEqual(['1 A', '2 B'])
    expect(titles('headings with marks at the end')).toEqual(['1 A', '2 B\\#', '2 C#', '2 D #'])
    expect(titles('marks that are no headings')).toEqual([])
    expect(titles('a table and a rule')).toEqual(['1 A'])
    expect(titles('front matter')).toEqual(['1 A'])
  })

  it('makes the first heading the root and puts the others under it by level', () => {
    expect(outline(chunksOf('# A\n\na\n\n## B\nb\n### C\n## D\n# E\n## F\n'))).toEqual([
      'A: a',
      '  B: b',
      '    C',
      '  D',
      '  E',
      '    F',
    ])
  })

  it('writes what was changed afresh, and all the rest as it stood', () => {
    const chunks = chunksOf('Plan\n====\n\nintro\n\nOne\n---\nfirst\n\n## Two ##\n\nsecond\n')
    chunks[1] = { ...chunks[1]!, title: 'Uno', body: 'changed' }
    expect(writeMarkdown(chunks, { metadata: false })).toBe(
      'Plan\n====\n\nintro\n\n## Uno\nchanged\n\n## Two ##\n\nsecond\n',
    )
  })

  it('writes new chunks with blank lines around them', () => {
    const [root] = chunksOf('# Plan')
    const make = (id: string, title: string, body: string, parent_id = root!.id) => ({
      ...root!,
      id,
      title,
      body,
      parent_id,
      markup: null,
    })
    const chunks = [root!, make('1', 'One', 'first'), make('2', 'Two #', '', '1'), make('3', 'Three', 'last')]
    expect(writeMarkdown(chunks, { metadata: false })).toBe(
      '# Plan\n\n## One\n\nfirst\n\n### Two # ###\n\n## Three\n\nlast\n',
    )
    expect(chunksOf(writeMarkdown(chunks, { metadata: false })).map(({ title }) => title)).toEqual([
      'Plan',
      'One',
      'Two #',
      'Three',
    ])
  })

  it('keeps the tree, types, status, fields and tags with metadata, however deep', () => {
    fc.assert(
      fc.property(aTree, (chunks) => {
        const text = writeMarkdown(chunks, { metadata: true })
        const back = chunksOf(text)
        expect(outline(back)).toEqual(outline(chunks))
        for (const [i, { type, status, fields, tags, natural_key }] of chunks.entries()) {
          expect(back[i]).toMatchObject({ type, status, fields, tags, natural_key })
        }
        expect(writeMarkdown(back, { metadata: false })).toBe(writeMarkdown(chunks, { metadata: false }))
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})

describe('chunks through Markdown', () => {
  const same = ({ title, body, type, status, fields, tags }: WrittenChunk) => ({
    ...{ title, body, type, status, fields, tags },
  })
  const back = (chunks: readonly WrittenChunk[]) => chunksOf(writeMarkdown(chunks, { metadata: true }))

  it('comes back as it was, whatever its bodies say', () => {
    const anyBody = fc.oneof(
      anyText,
      fc.constantFrom('---\na: 1\n---\ntext', '<!-- loom-end: 1 -->', 'a\n===', '  x  '),
    )
    const anyTitle = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('#', '# a', 'a #', '- a', '')).map(toTitle)
    const trees = fc.tuple(aTree, fc.infiniteStream(anyBody), fc.infiniteStream(anyTitle), fc.boolean())
    fc.assert(
      fc.property(trees, ([tree, bodies, titles, isHeadless]) => {
        const chunks = tree.map((chunk, i) => {
          const title = titles.next().value
          const markup = { heading: '', title, level: 0, depth: 1, before: '', after: '' }
          return { ...chunk, title, body: bodies.next().value, markup: i === 0 && isHeadless ? markup : null }
        })
        const read = back(chunks)
        expect(read.map(same)).toEqual(chunks.map(same))
        expect(outline(read)).toEqual(outline(chunks))
        expect(back(read).map(same)).toEqual(chunks.map(same))
      }),
      { numRuns: 1000 },
    )
  }, 60_000)

  it.each([
    ['a list of edges', 'text\n<!-- loom-edges:\na -> b [c]\n-->'],
    ['the mark of an end', '# a heading\n<!-- loom-end: 1 -->\n# another\n<!-- loom-end: 2 -->\n# and another'],
    ['an open comment', 'text <!-- without end\n\n<!--'],
    ['blank lines around it', '\n\ntext\n\n'],
    ['an open list of edges', 'text\n<!-- loom-edges:\n'],
  ])('comes back as it was with %s in a body', (_, body) => {
    const [root] = chunksOf('# Root')
    const chunks = [root!, { ...root!, id: '1', parent_id: root!.id, title: 'One', body, markup: null }]
    expect(back(chunks).map(same)).toEqual(chunks.map(same))
  })

  it('comes back as it was when it was read from a file, changed and moved', () => {
    const oneOf = fc.constantFrom(
      '<!-- loom: {"id":"1"} -->\n',
      '<!-- loom: {"end":"1"} -->\n',
      '<!-- loom-end: 1 -->\n',
    )
    const more = fc.constantFrom('\n<!-- loom-edges:\n', '---\n', '...\n', 'a: b\n', '<a>', '</a>', '-->\n', '# h\n')
    const text = fc.array(fc.oneof(piece, oneOf, more), { maxLength: 30 }).map((pieces) => pieces.join(''))
    const change = fc.record({ at: fc.nat(), body: fc.option(text), title: fc.option(text.map(toTitle)), to: fc.nat() })
    fc.assert(
      fc.property(
        text,
        fc.array(text, { maxLength: 4 }),
        fc.array(change, { maxLength: 4 }),
        (file, added, changes) => {
          const chunks = chunksOf(file)
          for (const [i, body] of added.entries()) {
            const parent_id = i % 3 === 2 ? '' : chunks[i % chunks.length]!.id
            const own = { id: `new-${i}`, parent_id, title: `new ${i}`, body, preamble: '', markup: null }
            chunks.push({ ...chunks[0]!, ...own, natural_key: null })
          }
          for (const { at, body, title, to } of changes) {
            const chunk = chunks[at % chunks.length]!
            chunk.body = body ?? chunk.body
            chunk.title = title ?? chunk.title
            // Only what comes before it can be no descendant of it.
            if (at % chunks.length > 0) chunk.parent_id = chunks[to % (at % chunks.length)]!.id
          }
          const changed = inOrder(chunks)
          const read = back(changed)
          expect(read.map(same)).toEqual(changed.map(same))
          expect(outline(read)).toEqual(outline(changed))
        },
      ),
      { numRuns: 2000 },
    )
  }, 60_000)

  it('has no heading where its file had none, whatever it is called now', () => {
    const [note] = chunksOf('Just text.\n')
    const renamed = { ...note!, title: 'My notes' }
    expect(writeMarkdown([renamed], { metadata: false })).toBe('Just text.\n')
    expect(back([renamed]).map(same)).toEqual([same(renamed)])
  })

  it('takes rules for rules, also where the first is at the very start', () => {
    const [root, part] = chunksOf('---\n# A\n## B\ntext\n')
    const chunks = [root!, { ...part!, body: 'text\n\n---\n\nmore' }]
    expect(back(chunks).map(same)).toEqual(chunks.map(same))
  })

  it('keeps a heading of its own under what was written above it', () => {
    const [root, part] = chunksOf('# A\nB\n---\ntext\n')
    const chunks = [{ ...root!, body: 'Written since.' }, part!]
    expect(writeMarkdown(chunks, { metadata: false })).toBe('# A\nWritten since.\n\nB\n---\ntext\n')
  })

  it('takes in what somebody wrote below the mark of its end', () => {
    const file = '# A\n<!-- loom: {"end":"1"} -->\n```\n# no\n<!-- loom-end: 1 -->\n\nWritten by hand.\n\n## B\n'
    expect(chunksOf(file).map(({ title, body }) => [title, body])).toEqual([
      ['A', '```\n# no\n\nWritten by hand.'],
      ['B', ''],
    ])
  })

  it('gives a heading to what had none in its own file and is not at the beginning any more', () => {
    const [root] = chunksOf('# Root')
    const [note] = chunksOf('Just text.')
    const below = { ...root!, id: '2', parent_id: note!.id, title: 'Below', markup: null }
    const chunks = [root!, note!, below]
    expect(outline(back(chunks))).toEqual(outline(chunks))
  })

  it('leaves front matter at the very start, where other programs look for it', () => {
    const [note] = chunksOf('---\ntitle: x\n---\n\nHello.\n')
    const text = writeMarkdown([{ ...note!, type: 'note' }], { metadata: true })
    expect(text).toMatch(/^---\ntitle: x\n---\n<!-- loom: \{.*"type":"note".*\} -->\n\nHello\.\n$/)
    expect(chunksOf(text).map(same)).toEqual([{ ...same(note!), type: 'note' }])
  })

  it('marks the end only of what would be read otherwise', () => {
    const [note] = chunksOf('# A\n\nWords - and `code`, <b>more</b> and #tags.\n')
    expect(writeMarkdown([note!], { metadata: true })).not.toContain('loom-end')
  })

  it('is read as text where the end that is named is missing', () => {
    const [chunk, next] = chunksOf('# A\n<!-- loom: {"end":"7"} -->\n```\n# B\n```\n## C\n')
    expect([chunk?.body, next?.title]).toEqual(['```\n# B\n```', 'C'])
  })
})

const label = fc.constantFrom('', 'todo', 'a -->', '<b> "c"', 'a\u2028b')

/** In order: parents before children. */
const aTree = fc
  .array(
    fc.record({
      parent: fc.nat(),
      title: fc.constantFrom('A', 'B #', 'C ##', 'D -->', 'long title', '#x', '1. y'),
      body: fc.constantFrom('', 'text', 'two\n\nparts', '```\n# code\n```', '- a\n- b', '> q'),
      type: label,
      status: label,
      fields: fc.constantFrom(null, { a: 1 }, { when: '2026-06-30', 'x -->': ['y'] }),
      tags: fc.constantFrom<string[]>([], ['one'], ['one', 'two']),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((given): WrittenChunk[] => {
    const nodes = given.map((chunk, i) => ({
      ...chunk,
      tags: [...chunk.tags],
      id: String(i),
      parent_id: i === 0 ? '' : String(chunk.parent % i),
      natural_key: i % 3 === 1 ? `key-${i}` : null,
      rank: '',
      preamble: '',
      markup: null,
    }))
    return inOrder(nodes.map(({ parent: _, ...chunk }) => chunk))
  })

/** Parents before their children. */
function inOrder(chunks: readonly WrittenChunk[], under = ''): WrittenChunk[] {
  return chunks.filter(({ parent_id }) => parent_id === under).flatMap((chunk) => [chunk, ...inOrder(chunks, chunk.id)])
}
