import { Badge } from '../../../components/ui/badge.tsx'
import { cn } from '../../../lib/cn.ts'
import { isDone } from '../model/field-chips.ts'

export function Status({ status, className }: { status: string; className?: string }) {
  return (
    <Badge tone={isDone(status) ? 'accent' : 'neutral'} className={cn('shrink-0', className)}>
      {status}
    </Badge>
  )
}
