import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from '../lib/cn.ts'

export interface DisclosureProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: ReactNode
  /** Stands before the label, in place of an arrow. */
  lead?: ReactNode
  /** Stands at the end of the line, outside the button. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** One quiet line that opens. */
export function Disclosure({ open, onOpenChange, label, lead, aside, className, children }: DisclosureProps) {
  const id = useId()
  return (
    <div className={className}>
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onOpenChange(!open)}
          className="-ml-1.5 flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left text-muted text-sm hover:bg-hover hover:text-text coarse:min-h-10"
        >
          {lead ?? (
            <ChevronRight
              aria-hidden="true"
              className={cn('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
            />
          )}
          {label}
        </button>
        {aside}
      </div>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </div>
  )
}
