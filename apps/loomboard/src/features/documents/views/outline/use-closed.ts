import { useCallback, useState } from 'react'

const closedIn = new Map<string, ReadonlySet<string>>()

/** What somebody has closed in an outline; it is still closed when they come back to it. */
export function useClosed(documentId: string) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(closedIn.get(documentId) ?? new Set())
  const setOpen = useCallback(
    (id: string, open: boolean) =>
      setClosed((known) => {
        if (known.has(id) !== open) return known
        const next = new Set(known)
        if (open) next.delete(id)
        else next.add(id)
        closedIn.set(documentId, next)
        return next
      }),
    [documentId],
  )
  return [closed, setOpen] as const
}
