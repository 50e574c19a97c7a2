import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'

/** From one of them to all of them. */
export function BackLink({ to, children }: { to: '/agents' | '/skills' | '/teams' | '/volumes'; children: string }) {
  return (
    <Link
      to={to}
      search={{}}
      className="-ml-1.5 mb-2 inline-flex h-7 items-center gap-0.5 rounded-md px-1.5 text-muted text-sm hover:bg-hover hover:text-text coarse:h-10"
    >
      <ChevronLeft aria-hidden="true" className="size-4" />
      {children}
    </Link>
  )
}
