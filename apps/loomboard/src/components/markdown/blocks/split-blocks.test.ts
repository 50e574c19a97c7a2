import fc from 'fast-check'
import { createElement, Fragment } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { listMarkdown } from '../../../../../../fixtures/find-fixture.ts'
import { toReact } from '../parse/processor.ts'
import { type Block, BlockSplitter, splitBlocks } from './split-blocks.ts'

const html = (text: string) =>
  renderToStaticMarkup(createElement(Fragment, null, toReact(text, {}))).replaceAll('\n', '')
const asMarkdown = (block: Block) =>
  block.kind === 'code' ? `~~~~~~${block.info ?? ''}\n${block.text}\n~~~~~~` : block.text
const texts = (text: string) => splitBlocks(`${text}\n`).blocks.map((block) => block.text.trim())

function htmlOfBlocks(text: string): string {
  const { blocks, definitions } = splitBlocks(text)
  return blocks.map((block) => html(`${definitions}\n${asMarkdown(block)}`)).join('')
}

function streamed(text: string, size: number): BlockSplitter {
  const splitter = new BlockSplitter()
  for (let end = 0; end < text.length + size; end += size) splitter.update(text.slice(0, end))
  return splitter
}

describe('cutting into blocks', () => {
  it('separates paragraphs, headings and rules', () => {
    expect(texts('# A\nb\nc\n\nd\n## E\nf\n\n---\n\ng')).toEqual(['# A', 'b\nc', 'd', '## E', 'f', '---', 'g'])
  })

  it('keeps a loose list with its paragraphs and code together', () => {
    const list = '- a\n\n  more\n\n- b\n\n  ```js\n  x()\n\n  y()\n  ```\n\n- c'
    expect(texts(`${list}\n\nafter`)).toEqual([list, 'after'])
  })

  it('takes no blank line, hash or list marker inside a fence for a boundary', () => {
    const { blocks } = splitBlocks('a\n\n```py title="x"\n# no heading\n\n- no list\n~~~\n```\n\nb')
    expect(blocks.map((block) => [block.kind, block.text.trim(), block.info, block.closed])).toEqual([
      ['paragraph', 'a', undefined, undefined],
      ['code', '# no heading\n\n- no list\n~~~', 'py title="x"', true],
      ['paragraph', 'b', undefined, undefined],
    ])
  })

  it('ends a list’s unfinished fence where the text is back at the margin', () => {
    expect(texts('- a\n  ```\n  x\n\nback\n\nagain')).toEqual(['- a\n  ```\n  x', 'back', 'again'])
  })

  it('holds tables, quotes, indented code, comments and footnotes together', () => {
    const pieces = [
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '> q\n> r',
      '    code\n\n    more',
      '<!-- a\n\nb -->',
      '[^1]: note\n\n    more',
    ]
    expect(texts(pieces.join('\n\nx\n\n')).filter((text) => text !== 'x')).toEqual(pieces.map((piece) => piece.trim()))
  })

  it('shows a code block while its fence is open, without half a closing fence', () => {
    expect(splitBlocks('```ts\nconst a = 1\n``').blocks).toMatchObject([
      { kind: 'code', text: 'const a = 1', closed: false },
    ])
  })

  it('starts over when the text is another one', () => {
    const splitter = new BlockSplitter()
    splitter.update('one\n\ntwo\n\nthree')
    splitter.update('other')
    expect([...splitter.blocks, splitter.tail()].map((block) => block?.text)).toEqual(['other'])
  })
})

describe.each(listMarkdown())('on the document %s', (_, document) => {
  const text = document.slice(0, 40_000)

  it('never loses a character and cuts the same however the text arrives', () => {
    const pieces = streamed(text, 37)
    expect([...pieces.blocks, pieces.tail()].filter(Boolean)).toEqual(splitBlocks(text).blocks)
  })

  it('renders block by block what it renders in one pass', () => {
    const oneFence = (markup: string) => markup.replaceAll(/ class="language-[^"]*"/g, '')
    expect(oneFence(htmlOfBlocks(text))).toBe(oneFence(html(text)))
  })
})

it('cuts any text the same whether it comes at once or in pieces', () => {
  const line = fc.constantFrom(
    'a',
    '',
    '- x',
    '  y',
    '```',
    '~~~',
    '# h',
    '> q',
    '1. n',
    '    c',
    '| a |',
    '<!-- ',
    '-->',
    '---',
    '[l]: /u',
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 24 }), fc.integer({ min: 1, max: 9 }), (lines, size) => {
      const text = lines.join('\n')
      const pieces = streamed(text, size)
      const tail = pieces.tail()
      expect(tail ? [...pieces.blocks, tail] : pieces.blocks).toEqual(splitBlocks(text).blocks)
    }),
  )
})
