import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'

/** The way to another one. */
export function NewLink({ to, children }: { to: '/agents' | '/skills' | '/teams'; children: string }) {
  return (
    <Link
      to={to}
      search={{ create: true }}
      className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-on-accent text-sm hover:bg-accent-hover coarse:h-10"
    >
      <Plus aria-hidden="true" className="size-4" />
      {children}
    </Link>
  )
}
