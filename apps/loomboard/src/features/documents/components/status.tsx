import { Badge } from '../../../components/ui/badge.tsx'
import { cn } from '../../../lib/cn.ts'

export function Status({ status, isDone, className }: { status: string; isDone: boolean; className?: string }) {
  return (
    <Badge tone={isDone ? 'accent' : 'neutral'} className={cn('shrink-0', className)}>
      {status}
    </Badge>
  )
}
