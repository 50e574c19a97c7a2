import type { ComponentProps } from 'react'
import { cn } from '../../lib/cn.ts'

export interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does: its name for everybody, and its tooltip. */
  label: string
  size?: 'sm' | 'md'
}

export function IconButton({ label, size = 'md', className, type = 'button', ...props }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tip={label}
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text disabled:text-faint disabled:hover:bg-transparent [&_svg]:size-4',
        size === 'sm' ? 'size-6 coarse:size-10' : 'size-8 coarse:size-10',
        className,
      )}
      {...props}
    />
  )
}
