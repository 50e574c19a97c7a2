import { useEffect, useRef, useState } from 'react'
import { clip } from '../../../lib/format.ts'
import type { RunView, Turn } from '../model/types.ts'

/** Says aloud what a person who does not look would want to know: that an answer is there, not each of its words. */
export function Announcer({ view }: { view: RunView }) {
  const [words, setWords] = useState('')
  const last = view.turns.at(-1)
  const working = useRef<string>(undefined)

  const failed = last?.parts.findLast((part) => part.kind === 'tool' && part.state === 'failed')
  const failedId = failed?.id
  const lastFailed = useRef(failedId)
  useEffect(() => {
    if (failedId === lastFailed.current) return
    lastFailed.current = failedId
    if (failed?.kind === 'tool' && last?.status === 'working') setWords(`${failed.name} failed.`)
  }, [failedId])

  useEffect(() => {
    if (last?.status === 'working') working.current = last.id
    else if (last && working.current === last.id) {
      working.current = undefined
      setWords(wordsFor(last))
    }
  }, [last])

  const question = last?.parts.findLast((part) => part.kind === 'question' && part.state === 'pending')
  return (
    <div aria-live="polite" className="sr-only">
      {question?.kind === 'question' ? `The agent asks: ${question.question}` : words}
    </div>
  )
}

function wordsFor(turn: Turn): string {
  if (turn.status === 'stopped') return 'Stopped.'
  const text = turn.parts.findLast((part) => part.kind === 'error' || part.kind === 'text')
  if (turn.status === 'failed') return `The turn failed. ${text?.kind === 'error' ? clip(text.text, 200) : ''}`
  return `The agent has answered. ${text?.kind === 'text' ? clip(text.text, 200) : ''}`
}
