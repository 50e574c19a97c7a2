import type { ComponentProps } from 'react'
import { cn } from '../../lib/cn.ts'

const tones = {
  neutral: 'border-line bg-surface text-muted',
  accent: 'border-transparent bg-accent-soft text-accent-text',
  warn: 'border-warn-line bg-warn-soft text-warn',
  danger: 'border-danger-line bg-danger-soft text-danger',
}

export function Badge({
  tone = 'neutral',
  className,
  ...props
}: ComponentProps<'span'> & { tone?: keyof typeof tones }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center whitespace-nowrap rounded-full border px-2 font-medium text-2xs',
        tones[tone],
        className,
      )}
      {...props}
    />
  )
}
