import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnMarkdown } from '../../../testing/drawn-markdown.ts'
import { contentOfQuote, cutList, startOfList } from './cut-list.ts'
import { type Block, BlockSplitter, splitBlocks } from './split-blocks.ts'

const whole = (text: string) => drawnMarkdown(`${text}\n`)

/** What is drawn of it block by block, long lists and quotes in their parts. */
function inBlocks(text: string, given = ''): string {
  const { blocks, definitions } = splitBlocks(`${text}\n`)
  const before = given + (definitions ? `${definitions}\n` : '')
  const draw = (block: Block): string => {
    if (block.kind === 'code') return whole(`~~~~~~${block.info ?? ''}\n${block.text}\n~~~~~~`)
    const quoted = contentOfQuote(block)
    if (quoted !== undefined) return `<blockquote>${inBlocks(quoted, before)}</blockquote>`
    const parts = cutList(block)
    if (!parts) return whole(before + block.text)
    const start = startOfList(block.text.trimStart())
    const tag = start === undefined ? 'ul' : 'ol'
    const items = parts.map(({ text, content }) =>
      content === undefined
        ? whole(before + text).replaceAll(/^<(ul|ol)[^>]*>|<\/(?:ul|ol)>$/g, '')
        : `<li>${inBlocks(content, before)}</li>`,
    )
    const frame = start === undefined || start === 1 ? '' : ` start="${start}"`
    return `<${tag}${frame}>${items.join('')}</${tag}>`
  }
  return blocks.map(draw).join('')
}

const words = 'some words that go on for a while, '
/** Each a thing that Markdown knows, as a person or a model writes it. */
const constructs: Record<string, string> = {
  words: 'Some words.',
  'two lines': 'One line\nand another.',
  heading: '## Heading',
  'underlined heading': 'Heading\n---',
  'other underlined heading': 'Heading\n===',
  rule: '***',
  'rule of dashes': '---',
  list: '- one\n- two',
  'loose list': '- one\n\n- two',
  'nested list': '- one\n  - two\n    - three\n- four',
  'list under words': 'Words:\n- one\n  - two\n    - three',
  numbered: '1. one\n2. two',
  'numbered all ones': '1. one\n1. two\n1. three',
  'numbered from five': '5. five\n6. six',
  'other numbers': '1) one\n2) two',
  'list with code': '1. one\n\n   ```js\n   x()\n\n   y()\n   ```\n\n2. two',
  'list with open code': '- one\n  ```\n  x',
  'list with paragraphs': '- one\n\n  more of it\n\n- two',
  'list with empty item': '- one\n-\n- three',
  'item begun with nothing': '-\n  one',
  'item of nothing': '-\n\n  one',
  tasks: '- [x] done\n- [ ] open',
  stars: '* one\n* two',
  'long list': `${Array.from({ length: 30 }, (_, i) => `- ${words}${i}\n  - inner ${i}\n    1. innermost`).join('\n')}`,
  'long item': `1. ${words}\n${`   - ${words}\n     - ${words}\n`.repeat(30)}2. after`,
  'long numbers': Array.from({ length: 60 }, () => `1. ${words}`).join('\n'),
  quote: '> quoted\n> words',
  'lazy quote': '> quoted\nand lazy',
  'quoted list': '> - one\n> - two',
  'quoted heading': '> # Heading',
  'long quote': `> ${words}\n> - ${words}\n>\n`.repeat(30),
  fence: '```js\nconst a = 1\n\n# no heading\n```',
  'empty fence': '```js\n```',
  tildes: '~~~\n```\n~~~',
  'open fence': '```\nnever closed',
  indented: '    code\n\n    more',
  table: '| a | b |\n|---|---|\n| 1 | 2 |',
  'table without edges': 'a | b\n--|--\n1 | 2',
  'table under words': 'Words:\n| a |\n|---|\n| 1 |',
  html: '<div>\nhtml\n</div>',
  'inline html': '<b>bold</b> words',
  comment: '<!-- a\n\nb -->',
  script: '<script>\n\nx\n</script>',
  link: 'See [docs], [other][] and [words][docs].',
  definitions: '[docs]: https://a.example\n[other]: https://b.example "Title"',
  'definition again': '[docs]: https://second.example',
  'definition with title below': '[docs]: https://a.example\n"Title"',
  'definition in a quote': '> [other]: https://quoted.example',
  picture: '![alt](https://a.example/p.png)',
  address: '<https://a.example> and https://b.example/c.',
  escape: '\\# no heading and \\* no item',
  'hard break': 'One  \ntwo\\\nthree',
  'dash like': '-no item\n-- either',
  'number like': '2020. was a year\n1.5 is a number',
  'deep indent': '      deep',
  formula: '$$\n\\frac{a}{b}\n\n- c\n= d\n$$',
  'bracketed formula': '\\[ a = b\n+ c \\]',
  'formula in words': 'So $x^2$ and $$a = b$$ and \\(c\\).',
  'formula without end': '\\[\na = b',
  'formula under words': 'Words:\n$$x^2$$',
  prices: 'It costs $5 and $10.\n$$ is nothing.',
  details: '<details>\n<summary>More</summary>\n\n- one\n\n```\n</details>\n```\n\ntwo\n\n</details>',
  'details in one': '<details><summary>More</summary>words</details>',
  'open details': '<details>\n\nnever closed',
  'closed details': '</details>',
  'fence in a fence': '```markdown\n# A\n```js\nx()\n```\n\nmore\n```',
  'fence around an open one': '~~~md\n~~~js\nx()\n~~~',
  sub: 'H<sub>2</sub>O and <kbd>Ctrl</kbd>',
  poem: 'A line,\nanother line,\nthe end.',
  'tab indent': '-\tone\n\t- two',
}

const all = Object.entries(constructs)
const isShort = ([, text]: [string, string]) => text.length < 200
const indented = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by)
const inItem = (text: string) => `- ${indented(text, '  ').slice(2)}`
const inQuote = (text: string) => text.replaceAll(/^/gm, '> ')

describe.each(all)('%s, drawn in blocks as in one pass', (_, first) => {
  it.each(['\n', '\n\n'])('before everything else, with %j between', (between) => {
    for (const [name, second] of isShort([_, first]) ? all : all.filter(isShort)) {
      const text = `${first}${between}${second}`
      expect(inBlocks(text), name).toBe(whole(text))
    }
  })

  it('in a list and in a quote', () => {
    for (const text of [inItem(first), inQuote(first), inItem(inItem(first)), inQuote(inItem(first))]) {
      expect(inBlocks(text)).toBe(whole(text))
      expect(inBlocks(`${text}\nlazy or not\n- and an item`)).toBe(whole(`${text}\nlazy or not\n- and an item`))
    }
  })
})

const construct = fc.constantFrom(...Object.values(constructs))
const nested: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: construct },
  fc
    .tuple(
      fc.constantFrom(inItem, inQuote, (text: string) => indented(text, ' ')),
      construct,
    )
    .map(([put, text]) => put(text)),
)
const document = fc
  .array(fc.tuple(nested, fc.constantFrom('\n', '\n\n', '\n\n\n')), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.flat().join(''))

describe('any document of them', () => {
  it('is drawn in blocks as in one pass', () => {
    fc.assert(
      fc.property(document, (text) => {
        expect(inBlocks(text)).toBe(whole(text))
      }),
      { numRuns: 300 },
    )
  })

  it('is cut the same wherever it is cut off before, and keeps what has been cut', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 40 }), (text, size) => {
        const splitter = new BlockSplitter()
        let settled: Block[] = []
        for (let end = 0; end < text.length + size; end += size) {
          splitter.update(text.slice(0, end))
          expect(splitter.blocks.slice(0, settled.length)).toEqual(settled)
          settled = [...splitter.blocks]
        }
        const tail = splitter.tail()
        expect(tail ? [...splitter.blocks, tail] : splitter.blocks).toEqual(splitBlocks(text).blocks)
      }),
      { numRuns: 100 },
    )
  })

  it('is drawn alike at every length', () => {
    fc.assert(
      fc.property(document, fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const begun = text.slice(0, Math.round(text.length * part))
        expect(inBlocks(begun)).toBe(whole(begun))
      }),
      { numRuns: 300 },
    )
  })
})
