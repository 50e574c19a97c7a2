import type { Outcome } from '@loomcycle/proto/teams'

/** What an agent has come to, and what it said besides. */
export interface Verdict {
  outcome: Outcome
  text: string
}

const noReason = 'no reason given'

/**
 * The last line of an answer that says so: `result: success`, or `result: pushback: <reason>`. An answer without one is a
 * success. Models like to set such a line in bold, or in a list.
 */
export function verdictOf(answer: string): Verdict {
  const text = answer.trimEnd()
  const at = text.lastIndexOf('\n') + 1
  const outcome = outcomeIn(text.slice(at))
  return outcome ? { outcome, text: text.slice(0, at).trimEnd() } : { outcome: { kind: 'success' }, text }
}

function outcomeIn(line: string): Outcome | undefined {
  const [word = '', said = '', ...more] = line.replace(/[*`]/g, '').split(':')
  if (word.replace(/[\s>#_-]/g, '').toLowerCase() !== 'result') return undefined
  const plain = said.trim()
  if (/^_?success\b/i.test(plain)) return { kind: 'success' }
  if (!/^_?pushback\b/i.test(plain)) return undefined
  const reason = [plain.slice('pushback'.length), ...more]
    .join(':')
    .replace(/^[\s:,–—-]+/, '')
    .trim()
  return { kind: 'pushback', reason: reason === '' ? noReason : reason }
}

/** What conditions look into: the value where it is JSON, in a fence or bare; the text otherwise. */
export function saidValue(text: string): unknown {
  const said = text.trim()
  const fenced = /^```(?:json)?\n([\s\S]*)\n```$/.exec(said)?.[1] ?? said
  if (!/^\s*[{[]/.test(fenced)) return text
  try {
    return JSON.parse(fenced)
  } catch {
    return text
  }
}
