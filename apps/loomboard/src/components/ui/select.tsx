import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '../../lib/cn.ts'

/** A native select: it is the best picker on a phone. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-flex min-w-0 items-center', className)}>
      <select
        className="h-8 w-full min-w-0 appearance-none truncate rounded-md bg-raised pr-8 pl-3 text-sm shadow-card ring-1 ring-line-strong ring-inset hover:bg-hover coarse:h-10"
        {...props}
      >
        {children}
      </select>
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute right-2.5 size-4 text-muted" />
    </span>
  )
}
