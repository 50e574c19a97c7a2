import { cn } from '../../lib/cn.ts'

/** A grey shape where text will be; it appears only when loading takes a moment. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('after-a-moment rounded-sm bg-hover', className)} />
}
