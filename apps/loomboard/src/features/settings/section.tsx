import type { ReactNode } from 'react'
import { cn } from '../../lib/cn.ts'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 font-display font-semibold text-base">{title}</h2>
      <dl className="divide-y rounded-lg border bg-surface">{children}</dl>
    </section>
  )
}

export function Row({ label, hint, children }: { label: ReactNode; hint?: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5">
      <dt className={cn('min-w-0 text-sm', hint && 'flex-1 basis-52')}>
        {label}
        {hint && <p className="max-w-md text-muted text-xs">{hint}</p>}
      </dt>
      <dd className="text-muted text-sm">{children}</dd>
    </div>
  )
}
