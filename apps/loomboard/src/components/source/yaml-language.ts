import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { tags } from '@lezer/highlight'

interface Place {
  /** How far the key stands in whose text this is, line by line; -1 outside of one. */
  block: number
}

/** Enough of YAML to read it by: keys, texts, comments, and blocks of text that are none of these. */
const yaml = StreamLanguage.define<Place>({
  name: 'yaml',
  startState: () => ({ block: -1 }),
  token(stream, place) {
    if (stream.sol() && place.block >= 0) {
      if (stream.match(/^\s*$/)) return null
      if (stream.indentation() > place.block) {
        stream.skipToEnd()
        return 'string'
      }
      place.block = -1
    }
    if (stream.eatSpace()) return null
    if (stream.match(/^#.*/)) return 'comment'
    if (stream.match(/^(?:- )+/)) return 'meta'
    if (stream.match(/^(?:[\w*./-]+|"[^"]*"|'[^']*')(?=\s*:(?:\s|$))/)) return 'keyword'
    if (stream.match(/^:\s*[|>][+-]?\d?\s*(?=$|#)/)) {
      place.block = stream.indentation()
      return 'meta'
    }
    if (stream.match(/^[:,[\]{}]/)) return 'meta'
    if (stream.match(/^"(?:[^"\\]|\\.)*"|^'[^']*'/)) return 'string'
    if (stream.match(/^(?:true|false|null|~|-?\d+(?:\.\d+)?)(?=\s|,|\]|\}|$)/)) return 'atom'
    stream.next()
    stream.eatWhile(/[^\s#:,[\]{}]/)
    return null
  },
})

export const yamlLanguage: Extension = [
  yaml,
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.keyword, class: 'src-link' },
      { tag: tags.string, class: 'src-code' },
      { tag: tags.atom, class: 'src-label' },
      { tag: tags.meta, class: 'src-mark' },
      { tag: tags.comment, class: 'src-comment' },
    ]),
  ),
]
