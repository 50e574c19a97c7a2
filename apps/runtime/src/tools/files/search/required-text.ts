/**
 * A text that is in whatever a pattern matches: its longest piece of plain letters that is no choice and not optional.
 * Empty where there is none, or where that is not clear.
 */
export function requiredText(pattern: string): string {
  let longest = ''
  let run = ''
  const end = () => {
    if (run.length > longest.length) longest = run
    run = ''
  }
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!
    if (letter === '|') return ''
    if (letter === '(') {
      end()
      // Flags and names change what comes after.
      if (pattern[at + 1] === '?') return ''
      at = afterGroup(pattern, at)
      if (at < 0) return ''
    } else if (letter === '[') {
      end()
      at = endOfSet(pattern, at)
      if (at < 0) return ''
    } else if (letter === '\\') {
      const next = pattern[++at] ?? ''
      if (/[A-Za-z0-9]/.test(next)) {
        // What follows may belong to it, as in \x41 and \pL.
        if (!'dwsDWSbB'.includes(next)) return ''
        end()
      } else run += next
    } else if ('*?{'.includes(letter)) {
      run = run.slice(0, -1)
      end()
      if (letter === '{') at = pattern.indexOf('}', at)
      if (at < 0) return ''
    } else if ('+.^$'.includes(letter)) end()
    else run += letter
  }
  end()
  return longest
}

/** Where the group ends that begins there; -1 where it does not. */
function afterGroup(pattern: string, from: number): number {
  let depth = 0
  for (let at = from; at < pattern.length; at++) {
    const letter = pattern[at]
    if (letter === '\\') at++
    else if (letter === '[') {
      at = endOfSet(pattern, at)
      if (at < 0) return -1
    } else if (letter === '(') depth++
    else if (letter === ')' && --depth === 0) return at
  }
  return -1
}

function endOfSet(pattern: string, from: number): number {
  let at = from + 1
  if (pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  for (; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern.startsWith('[:', at)) at = pattern.indexOf(':]', at) + 1
    else if (pattern[at] === ']') return at
    if (at <= 0) return -1
  }
  return -1
}
