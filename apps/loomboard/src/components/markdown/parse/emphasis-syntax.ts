import { attention } from 'micromark-core-commonmark'
import type { Code, Extension, State, Token, TokenizeContext, Tokenizer } from 'micromark-util-types'

const star = 42
const underscore = 95
const tilde = 126
const letterOfCjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3001-\u303F\uFF00-\uFFEF]/u

/**
 * Marks of emphasis in writing without spaces: CommonMark takes `**` between a bracket and a letter for one that
 * cannot close, and a Japanese or Chinese text has no space to put there.
 */
export function emphasisSyntax(): Extension {
  const emphasis = { name: 'emphasisOfAnyScript', tokenize, resolveAll: attention.resolveAll! }
  return { text: { [star]: emphasis, [underscore]: emphasis }, disable: { null: ['attention'] } }
}

function tokenize(this: TokenizeContext, effects: Parameters<Tokenizer>[0], ok: State): State {
  const markers = this.parser.constructs.attentionMarkers.null ?? []
  const { previous } = this
  const before = kindOf(previous)
  let marker: Code
  return (code) => {
    marker = code
    effects.enter('attentionSequence')
    return inside(code)
  }

  function inside(code: Code): State | undefined {
    if (code === marker) {
      effects.consume(code)
      return inside
    }
    const token = effects.exit('attentionSequence')
    const after = kindOf(code)
    const open = opens(before, after) || isOther(code)
    const close = closes(before, after) || isOther(previous)
    token._open = marker === star ? open : open && (before !== 'letter' || !close)
    token._close = marker === star ? close : close && (after !== 'letter' || !open)
    return ok(code)
  }

  /** The mark of another kind, as that of what is struck through. */
  function isOther(code: Code): boolean {
    return markers.includes(code) && code !== star && code !== underscore
  }
}

/** The same for what is struck through, by the syntax that knows it. */
export function strikeInAnyScript(extensions: readonly Extension[]): void {
  for (const construct of extensions.flatMap(({ text }) => text?.[tilde] ?? [])) {
    const { tokenize } = construct
    construct.tokenize = function (effects, ok, nok) {
      const before = kindOf(this.previous)
      let token: Token | undefined
      const watched: typeof effects = { ...effects, exit: (type) => (token = effects.exit(type)) }
      const judged: State = (code) => {
        if (token) {
          token._open = opens(before, kindOf(code))
          token._close = closes(before, kindOf(code))
        }
        return ok(code)
      }
      return tokenize.call(this, watched, judged, nok)
    }
  }
}

type Kind = 'space' | 'mark' | 'letter' | 'cjk'

function opens(before: Kind, after: Kind): boolean {
  return isWord(after) || (after === 'mark' && before !== 'letter')
}

function closes(before: Kind, after: Kind): boolean {
  return isWord(before) || (before === 'mark' && after !== 'letter')
}

function isWord(kind: Kind): boolean {
  return kind === 'letter' || kind === 'cjk'
}

function kindOf(code: Code): Kind {
  if (code === null || code < 0) return 'space'
  const char = String.fromCharCode(code)
  if (/\s/.test(char)) return 'space'
  if (letterOfCjk.test(char)) return 'cjk'
  return /[\p{P}\p{S}]/u.test(char) ? 'mark' : 'letter'
}
