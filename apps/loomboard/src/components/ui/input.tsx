import type { ComponentProps } from 'react'
import { cn } from '../../lib/cn.ts'

const fieldStyle =
  'w-full rounded-md border border-line-strong bg-bg px-2.5 text-base text-text -outline-offset-1 focus-visible:border-ring disabled:text-faint'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(fieldStyle, 'h-9 coarse:h-11', className)} {...props} />
}
