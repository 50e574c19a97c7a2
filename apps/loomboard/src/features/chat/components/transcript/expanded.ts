import { createContext, useContext, useEffect, useReducer } from 'react'

/** What a person opened or closed, for as long as the page lives: rows come and go while scrolling. */
const choices = new Map<string, boolean>()

/** Whose rows these are: places in a log are numbers that every log has. */
export const ExpandedScope = createContext('')

/** What has opened by itself stays open when its reason is gone: nobody's reading is cut short. */
export function useExpanded(id: string, byDefault: boolean): [boolean, (open: boolean) => void] {
  const key = `${useContext(ExpandedScope)}:${id}`
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    if (byDefault && !choices.has(key)) choices.set(key, true)
  }, [key, byDefault])
  return [
    choices.get(key) ?? byDefault,
    (open) => {
      choices.set(key, open)
      redraw()
    },
  ]
}
