import type { CompileContext, Extension as FromMarkdown } from 'mdast-util-from-markdown'
import type { Code, Construct, Extension, State, Token, TokenizeContext, Tokenizer } from 'micromark-util-types'
import {
  closesDisplay,
  displayMath,
  displayOf,
  inlineMath,
  isFormulaInBrackets,
  isFormulaInDollars,
  type Opening,
  texOf,
  unfinished,
} from './formulas.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formula: 'formula'
    formulaMark: 'formulaMark'
    formulaText: 'formulaText'
    formulaLines: 'formulaLines'
  }
}

const dollar = 36
const backslash = 92
const roundOpen = 40
const roundClose = 41
const squareOpen = 91
const squareClose = 93

const isLineEnd = (code: Code): boolean => code !== null && code < -2

/**
 * Mathematics as models write it: `$x$`, `$$x$$`, `\(x\)`, `\[x\]`. The parser knows it beside code, links and
 * escapes, so that each leaves the others alone.
 */
export function formulaSyntax(): Extension {
  const text: Construct = { name: 'formula', tokenize: tokenizeText }
  const flow: Construct = { name: 'formulaLines', tokenize: tokenizeLines, concrete: true }
  return { text: { [dollar]: text, [backslash]: text }, flow: { [dollar]: flow, [backslash]: flow } }
}

/** A longer one is not looked for in a line of words. */
const longest = 4000

function tokenizeText(this: TokenizeContext, effects: Parameters<Tokenizer>[0], ok: State, nok: State): State {
  const self = this
  const before = this.previous
  let kind: 'dollar' | 'dollars' | 'round' | 'square'
  let length = 0
  let value: { start: Token['start'] } | undefined
  return start

  function start(code: Code): State | undefined {
    effects.enter('formula')
    effects.enter('formulaMark')
    effects.consume(code)
    return code === dollar ? afterDollar : afterBackslash
  }

  function afterDollar(code: Code): State | undefined {
    if (code !== dollar) {
      kind = 'dollar'
      return isPartOfWord(before) ? nok(code) : opened(code)
    }
    kind = 'dollars'
    effects.consume(code)
    return (next) => (next === dollar || before === dollar ? nok(next) : opened(next))
  }

  function afterBackslash(code: Code): State | undefined {
    if (code !== roundOpen && code !== squareOpen) return nok(code)
    kind = code === roundOpen ? 'round' : 'square'
    effects.consume(code)
    return opened
  }

  function opened(code: Code): State | undefined {
    effects.exit('formulaMark')
    value = { start: self.now() }
    return between(code)
  }

  function between(code: Code): State | undefined {
    if (code === null || length > longest) return nok(code)
    if (isLineEnd(code)) {
      if (kind === 'dollar' || kind === 'round') return nok(code)
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      return between
    }
    if (code === dollar && (kind === 'dollar' || kind === 'dollars')) return mayClose(code)
    effects.enter('formulaText')
    return inside(code)
  }

  function inside(code: Code): State | undefined {
    if (code === null || isLineEnd(code) || (code === dollar && (kind === 'dollar' || kind === 'dollars'))) {
      effects.exit('formulaText')
      return between(code)
    }
    length++
    effects.consume(code)
    return code === backslash ? escaped : inside
  }

  function escaped(code: Code): State | undefined {
    if (kind === 'round' && code === roundClose) return closeBracket(code)
    if (kind === 'square' && code === squareClose) return closeBracket(code)
    // Another of its kind opens: this one was none.
    if ((kind === 'round' && code === roundOpen) || (kind === 'square' && code === squareOpen)) return nok(code)
    if (code === null || isLineEnd(code)) return inside(code)
    length++
    effects.consume(code)
    return inside
  }

  function closeBracket(code: Code): State | undefined {
    effects.consume(code)
    effects.exit('formulaText')
    const tex = serialized().slice(0, -2)
    return finish(isFormulaInBrackets(tex, kind === 'round' ? '(' : '[') && tex.trim() !== '')
  }

  function mayClose(code: Code): State | undefined {
    const tex = serialized()
    effects.enter('formulaMark')
    effects.consume(code)
    if (kind === 'dollar') {
      effects.exit('formulaMark')
      return (next) => finish(!isDollarOrDigit(next) && isFormulaInDollars(tex))(next)
    }
    return (next) => {
      // A single dollar in between belongs to something else.
      if (next !== dollar) return nok(next)
      effects.consume(next)
      effects.exit('formulaMark')
      return finish(tex.trim() !== '')
    }
  }

  function finish(isFormula: boolean): State {
    return (code) => {
      if (!isFormula) return nok(code)
      effects.exit('formula')
      return ok(code)
    }
  }

  function serialized(): string {
    return self.sliceSerialize({ start: value!.start, end: self.now() })
  }
}

function isPartOfWord(code: Code): boolean {
  return code !== null && code > 0 && /[\\$\w]/.test(String.fromCharCode(code))
}

function isDollarOrDigit(code: Code): boolean {
  return code !== null && code > 0 && /[\w$]/.test(String.fromCharCode(code))
}

/** What its first line says is what it is: a line that has been read cannot be given back to lists and quotes. */
function tokenizeLines(this: TokenizeContext, effects: Parameters<Tokenizer>[0], ok: State, nok: State): State {
  const self = this
  let opening: Opening | undefined
  let isOver = false
  let lineStart = this.now()
  const nonLazy: Construct = { tokenize: tokenizeNonLazy, partial: true }
  return start

  function start(code: Code): State | undefined {
    effects.enter('formulaLines')
    effects.enter('formulaText')
    return line(code)
  }

  function line(code: Code): State | undefined {
    if (code !== null && !isLineEnd(code)) {
      effects.consume(code)
      return line
    }
    const text = self.sliceSerialize({ start: lineStart, end: self.now() })
    if (!opening) {
      const display = displayOf(text)
      if (!display) return nok(code)
      opening = display.opening
      isOver = display.closes
    } else isOver = closesDisplay(text, opening)
    effects.exit('formulaText')
    return isOver || code === null || self.interrupt ? end(code) : effects.check(nonLazy, goOn, end)(code)
  }

  function goOn(code: Code): State | undefined {
    effects.enter('lineEnding')
    effects.consume(code)
    effects.exit('lineEnding')
    lineStart = self.now()
    return next
  }

  function next(code: Code): State | undefined {
    if (code !== null && isLineEnd(code)) return effects.check(nonLazy, goOn, end)(code)
    if (code === null) return end(code)
    effects.enter('formulaText')
    return line(code)
  }

  function end(code: Code): State | undefined {
    effects.exit('formulaLines')
    return ok(code)
  }
}

function tokenizeNonLazy(this: TokenizeContext, effects: Parameters<Tokenizer>[0], ok: State, nok: State): State {
  return (code) => {
    if (code === null) return nok(code)
    effects.enter('lineEnding')
    effects.consume(code)
    effects.exit('lineEnding')
    return (next) => (this.parser.lazy[this.now().line] ? nok(next) : ok(next))
  }
}

/** Formulas become code of a kind of its own, which nothing in Markdown changes. */
export function formulasFromMarkdown(): FromMarkdown {
  return {
    enter: {
      formula(token) {
        this.enter({ type: 'inlineCode', value: '' }, token)
        this.buffer()
      },
      formulaLines(token) {
        this.enter({ type: 'code', lang: null, meta: null, value: '' }, token)
        this.buffer()
      },
    },
    exit: {
      formulaText: takeText,
      formula(token) {
        const opening = this.sliceSerialize(token).slice(0, 2)
        const text = this.resume()
        const tex = opening.startsWith('$') ? text : text.slice(0, -2)
        const isDisplay = opening === '$$' || opening === '\\['
        setValue(this, (isDisplay ? displayMath : inlineMath) + inOneLine(tex))
        this.exit(token)
      },
      formulaLines(token) {
        const text = this.resume()
        const tex = texOf(text, text.trimStart().startsWith('$$') ? '$$' : '\\[')
        setValue(this, tex ?? text)
        const node = this.stack.at(-1)
        if (node?.type === 'code') node.lang = tex === undefined ? unfinished : 'math'
        this.exit(token)
      },
    },
  }
}

function inOneLine(tex: string): string {
  const lines = tex.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ')
}

function takeText(this: CompileContext, token: Token): void {
  this.config.enter.data?.call(this, token)
  this.config.exit.data?.call(this, token)
}

function setValue(context: CompileContext, value: string): void {
  const node = context.stack.at(-1)
  if (node && 'value' in node) node.value = value
}
