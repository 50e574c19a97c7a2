import {
  defineLanguageFacet,
  HighlightStyle,
  Language,
  languageDataProp,
  syntaxHighlighting,
} from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import { GFM, type InlineParser, parser } from '@lezer/markdown'

const data = defineLanguageFacet()

/** `[[Title]]`, `[[Title|shown]]` */
const chunkLink: InlineParser = {
  name: 'ChunkLink',
  before: 'Link',
  parse(context, next, at) {
    if (next !== 91 || context.char(at + 1) !== 91) return -1
    const found = /^\[\[[^[\]\r\n|]{1,1000}(?:\|[^[\]\r\n]*)?\]\]/.exec(
      context.slice(at, Math.min(context.end, at + 2100)),
    )
    return found ? context.addElement(context.elt('ChunkLink', at, at + found[0].length)) : -1
  },
}

const markdown = parser.configure([
  GFM,
  { defineNodes: [{ name: 'ChunkLink', style: tags.link }], parseInline: [chunkLink] },
  { props: [languageDataProp.add({ Document: data })] },
])

/** The editor knows Markdown, and draws its parts with the classes of `source-editor.css`. */
export const markdownLanguage: Extension = [
  new Language(data, markdown, [], 'markdown'),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.heading, class: 'src-heading' },
      { tag: tags.strong, class: 'src-strong' },
      { tag: tags.emphasis, class: 'src-emphasis' },
      { tag: tags.strikethrough, class: 'src-struck' },
      { tag: [tags.link, tags.url], class: 'src-link' },
      { tag: tags.monospace, class: 'src-code' },
      { tag: tags.quote, class: 'src-quote' },
      { tag: [tags.labelName, tags.string], class: 'src-label' },
      { tag: [tags.processingInstruction, tags.contentSeparator], class: 'src-mark' },
      { tag: [tags.comment, tags.meta], class: 'src-comment' },
      { tag: tags.atom, class: 'src-task' },
    ]),
  ),
]
