import { createContext, useContext, useState } from 'react'

/** What a person opened or closed, for as long as the page lives: rows come and go while scrolling. */
const choices = new Map<string, boolean>()

/** Whose rows these are: places in a log are numbers that every log has. */
export const ExpandedScope = createContext('')

export function useExpanded(id: string, byDefault: boolean): [boolean, (open: boolean) => void] {
  const key = `${useContext(ExpandedScope)}:${id}`
  const [choice, setChoice] = useState(() => choices.get(key))
  return [
    choice ?? byDefault,
    (open) => {
      choices.set(key, open)
      setChoice(open)
    },
  ]
}
