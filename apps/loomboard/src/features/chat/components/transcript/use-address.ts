import { useEffect, useRef } from 'react'
import { turnAt, turnSeq } from '../../model/outline.ts'
import type { Turn } from '../../model/types.ts'

/** Goes to the turn that the address names, fetching what lies between. Once for each address. */
export function useAddress(options: {
  address: string | undefined
  turns: readonly Turn[]
  hasEarlier: boolean
  loadBack: (seq: number) => void
  goTo: (turnId: string) => void
}): void {
  const { address, turns, hasEarlier, loadBack, goTo } = options
  const done = useRef<string>(undefined)
  useEffect(() => {
    if (!address || done.current === address || turns.length === 0) return
    const seq = turnSeq(address)
    const first = turns[0]!
    const isHere = seq === undefined || !hasEarlier || (first.input && seq >= (turnSeq(first.id) ?? 0))
    if (!isHere) {
      loadBack(seq)
      return
    }
    done.current = address
    const turn = turnAt(turns, address)
    if (!turn) return
    const frame = requestAnimationFrame(() => goTo(turn.id))
    return () => cancelAnimationFrame(frame)
  }, [address, turns, hasEarlier, loadBack, goTo])
}
