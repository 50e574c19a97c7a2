import { useEffect, useState } from 'react'
import { takeTurn, waitForTurn } from './turns.ts'

/** Whether it is this part's turn to be drawn: at once where there is room for it, a task or more later where not. */
export function useTurn(weight: number, exempt: boolean): boolean {
  const [isOurs, setIsOurs] = useState(() => exempt || takeTurn(weight))
  useEffect(() => {
    if (!isOurs) return waitForTurn(weight, () => setIsOurs(true))
  }, [isOurs, weight])
  return isOurs || exempt
}
