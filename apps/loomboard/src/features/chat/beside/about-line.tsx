import { Crosshair, Undo2, X } from 'lucide-react'
import { IconButton } from '../../../components/ui/icon-button.tsx'

export interface AboutLineProps {
  /** What the next message is about, in a few words. */
  words: string
  /** The document as a whole is meant instead. */
  isWhole: boolean
  /** Means the whole document, and what is looked at again; nothing where that is the same. */
  onToggle?: () => void
}

/** What the next message is about: whatever is selected or open, unless somebody means the whole document. */
export function AboutLine({ words, isWhole, onToggle }: AboutLineProps) {
  return (
    <p className="flex h-7 min-w-0 items-center gap-1.5 px-1 text-muted text-xs">
      <Crosshair aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      <span className="min-w-0 truncate">
        About <span className="text-text">{words}</span>
      </span>
      {onToggle && (
        <IconButton
          label={isWhole ? 'About what I look at' : 'About the whole document'}
          size="sm"
          className="-my-1"
          onClick={onToggle}
        >
          {isWhole ? <Undo2 /> : <X />}
        </IconButton>
      )}
    </p>
  )
}
