import type { ReactNode } from 'react'

/** A part of the page of an agent, under a heading of its own. */
export function Part({ title, bare, children }: { title: string; bare?: boolean; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-2 font-display font-semibold text-base">{title}</h3>
      {bare ? children : <div className="rounded-lg border bg-surface px-4 py-3">{children}</div>}
    </section>
  )
}
