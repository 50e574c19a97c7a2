import { diffWordsWithSpace } from 'diff'
import { useMemo } from 'react'
import { cn } from '../../../../../lib/cn.ts'

const longest = 20_000
const mostSteps = 500

/** One of two versions; the words that the other has not are marked. */
export function ComparedWords({ text, other, side }: { text: string; other: string; side: 'theirs' | 'mine' }) {
  const parts = useMemo(() => wordsOf(text, other), [text, other])
  if (text === '') return <p className="text-faint text-sm italic">taken away</p>
  return (
    <p dir="auto" className="whitespace-pre-wrap font-mono text-xs leading-5 [overflow-wrap:anywhere]">
      {parts.map(({ words, isOwn }, i) =>
        isOwn ? (
          <mark
            key={i}
            className={cn(
              'rounded-sm px-0.5',
              side === 'mine' ? 'bg-accent-soft text-accent-text' : 'bg-warn-soft text-warn',
            )}
          >
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </p>
  )
}

function wordsOf(text: string, other: string): { words: string; isOwn: boolean }[] {
  const end = text.trimEnd()
  if (text.length + other.length > longest) return [{ words: end, isOwn: false }]
  const parts = diffWordsWithSpace(other.trimEnd(), end, { maxEditLength: mostSteps })
  if (!parts) return [{ words: end, isOwn: true }]
  return parts.flatMap(({ value, added, removed }) => (removed ? [] : [{ words: value, isOwn: added }]))
}
