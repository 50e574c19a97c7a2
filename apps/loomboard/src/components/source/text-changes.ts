import { diffArrays, diffWordsWithSpace } from 'diff'

interface Change {
  from: number
  to: number
  insert: string
}

/** What is compared word by word, so that a cursor stays between its two; what is longer, line by line. */
const longest = 20_000
const mostSteps = 600

/** The steps from one text to another, as little as can be told in a moment. */
export function changesBetween(from: string, to: string): Change[] {
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && from[head] === to[head]) head++
  let tail = 0
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++
  const [was, now] = [from.slice(head, from.length - tail), to.slice(head, to.length - tail)]
  if (was === now) return []
  const whole = [{ from: head, to: head + was.length, insert: now }]
  if (was === '' || now === '') return whole
  const parts = partsOf(was, now)
  if (!parts) return whole
  const changes: Change[] = []
  let at = head
  for (const { text, added, removed } of parts) {
    const last = changes.at(-1)
    if (!added && !removed) at += text.length
    else if (added && last?.to === at) last.insert += text
    else if (added) changes.push({ from: at, to: at, insert: text })
    else if (last?.to === at) last.to = at += text.length
    else changes.push({ from: at, to: (at += text.length), insert: '' })
  }
  return changes
}

function partsOf(was: string, now: string): { text: string; added: boolean; removed: boolean }[] | undefined {
  if (was.length + now.length <= longest) {
    return diffWordsWithSpace(was, now, { maxEditLength: mostSteps })?.map(({ value, added, removed }) => ({
      text: value,
      added,
      removed,
    }))
  }
  return diffArrays(linesOf(was), linesOf(now), { maxEditLength: mostSteps })?.map(({ value, added, removed }) => ({
    text: value.join(''),
    added,
    removed,
  }))
}

const linesOf = (text: string) => text.split(/(?<=\n)/)
