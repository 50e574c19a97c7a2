import type { ReactNode } from 'react'
import { cn } from '../../lib/cn.ts'

/** What scrolls below a page's header: one column, as wide as a conversation. */
export function PageBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <main id="main" className="min-h-0 flex-1 overflow-y-auto">
      <div className={cn('mx-auto w-full max-w-3xl px-3 py-6 md:px-4', className)}>{children}</div>
    </main>
  )
}
