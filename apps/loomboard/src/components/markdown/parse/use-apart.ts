import { startTransition, useCallback, useEffect, useState } from 'react'
import { type ParseAnswer, parseApart, parsedApart } from './parse-apart.ts'

export interface Apart {
  answer: ParseAnswer | undefined
  /** Somebody has asked for it, and it is not there yet. */
  busy: boolean
  /** Asks for it whatever it takes; nothing where that is of no use. */
  draw: (() => void) | undefined
}

/** A text parsed in a worker. What came of it is drawn in slices, between which the page answers. */
export function useApart(text: string, wanted: boolean): Apart {
  const [parsed, setParsed] = useState(() => ({ text, answer: refusalOf(text), tried: false }))
  const [busy, setBusy] = useState(false)
  const current = parsed.text === text ? parsed : undefined

  useEffect(() => {
    if (!wanted || refusalOf(text)) return
    let isCurrent = true
    void Promise.resolve(parsedApart(text) ?? parseApart(text)).then((answer) => {
      if (isCurrent) startTransition(() => setParsed({ text, answer, tried: false }))
    })
    return () => {
      isCurrent = false
    }
  }, [text, wanted])

  const draw = useCallback(() => {
    setBusy(true)
    void parseApart(text, true).then((answer) =>
      startTransition(() => {
        setParsed({ text, answer, tried: true })
        setBusy(false)
      }),
    )
  }, [text])

  const answer = wanted ? current?.answer : undefined
  const isFinal = answer && 'refused' in answer ? answer.isFinal : current?.tried
  return { answer, busy, draw: isFinal ? undefined : draw }
}

/** A refusal is known at once; a tree takes its time to be drawn again, too. */
function refusalOf(text: string): ParseAnswer | undefined {
  const known = parsedApart(text)
  return known && 'refused' in known ? known : undefined
}
