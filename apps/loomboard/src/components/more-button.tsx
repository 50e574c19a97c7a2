import { Button } from './ui/button.tsx'

interface MoreButtonProps {
  /** What comes: “earlier runs”. */
  what: string
  isReading: boolean
  onMore: () => void
}

/** At the end of a list that is read in pages. */
export function MoreButton({ what, isReading, onMore }: MoreButtonProps) {
  return (
    <Button variant="ghost" className="mx-auto mt-2 flex" disabled={isReading} onClick={onMore}>
      {isReading ? `Reading ${what}…` : `Show ${what}`}
    </Button>
  )
}
