import { codeFenced } from 'micromark-core-commonmark'
import type { Effects, Extension, State, TokenizeContext } from 'micromark-util-types'

const backtick = 96
const tilde = 126

/**
 * Markdown that is shown as code has fences of its own, which a model does not make shorter than the one around them:
 * one that names a language opens, and the next one closes it.
 */
export interface NestedFence {
  mark: string
  /** How many are open in it. */
  depth: number
  isMarkdown: boolean
}

export function beginFence(mark: string, info: string): NestedFence {
  return { mark, depth: 0, isMarkdown: /^(?:md|mdx|markdown)(?:\s|$)/i.test(info) }
}

/** Takes in a line between the fences. */
export function noteLine(line: string, fence: NestedFence): void {
  if (!fence.isMarkdown) return
  const [all = '', mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
  if (mark.startsWith(fence.mark) && /^[ \t]*\w[^`]*$/.test(line.slice(all.length))) fence.depth++
}

/** What closes a fence closes the innermost one; says whether that is itself. */
export function closesItself(fence: NestedFence): boolean {
  if (fence.depth === 0) return true
  fence.depth--
  return false
}

/** CommonMark’s fenced code, but for fences in Markdown. */
export function fenceSyntax(): Extension {
  const fenced = { ...codeFenced, name: 'codeFencedWithFences', tokenize }
  return { flow: { [backtick]: fenced, [tilde]: fenced }, disable: { null: ['codeFenced'] } }
}

function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const self = this
  let mark = ''
  let fence: NestedFence | undefined
  const watched: Effects = {
    ...effects,
    exit(type) {
      const token = effects.exit(type)
      if (type === 'codeFencedFenceSequence') mark ||= self.sliceSerialize(token)
      if (type === 'codeFencedFenceInfo') fence = beginFence(mark, self.sliceSerialize(token))
      if (type === 'codeFlowValue' && fence) noteLine(self.sliceSerialize(token), fence)
      return token
    },
    // The one thing that it attempts is to close.
    attempt(closing, after, before) {
      if (!fence || fence.depth === 0) return effects.attempt(closing, after, before)
      const inner: State = (code) => {
        if (fence) closesItself(fence)
        return before?.(code)
      }
      return effects.check(closing, inner, before)
    },
  }
  return codeFenced.tokenize.call(this, watched, ok, nok)
}
