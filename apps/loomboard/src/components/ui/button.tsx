import type { ComponentProps } from 'react'
import { cn } from '../../lib/cn.ts'

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover disabled:bg-hover disabled:text-faint',
  secondary: 'bg-raised text-text shadow-card ring-1 ring-inset ring-line hover:bg-hover disabled:text-faint',
  ghost: 'text-muted hover:bg-hover hover:text-text disabled:text-faint disabled:hover:bg-transparent',
  danger: 'bg-danger-soft text-danger ring-1 ring-inset ring-danger-line hover:bg-hover disabled:text-faint',
}
const sizes = {
  sm: 'h-7 gap-1.5 rounded-md px-2 text-sm coarse:h-10',
  md: 'h-8 gap-2 rounded-md px-3 text-sm coarse:h-10',
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
}

export function Button({ variant = 'secondary', size = 'md', className, type = 'button', ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(
        'inline-flex shrink-0 items-center justify-center whitespace-nowrap font-medium transition-colors [&_svg]:size-4 [&_svg]:shrink-0',
        variants[variant],
        sizes[size],
        className,
      )}
      {...props}
    />
  )
}
