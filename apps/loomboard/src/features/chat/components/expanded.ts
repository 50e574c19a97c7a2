import { useState } from 'react'

/** What a person opened or closed, for as long as the page lives: rows come and go while scrolling. */
const choices = new Map<string, boolean>()

export function useExpanded(id: string, byDefault: boolean): [boolean, (open: boolean) => void] {
  const [choice, setChoice] = useState(() => choices.get(id))
  return [
    choice ?? byDefault,
    (open) => {
      choices.set(id, open)
      setChoice(open)
    },
  ]
}
