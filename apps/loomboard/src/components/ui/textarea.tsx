import { type ComponentProps, useLayoutEffect, useRef } from 'react'
import { cn } from '../../lib/cn.ts'

const sizesItself = globalThis.CSS?.supports?.('field-sizing', 'content') ?? false

/** Grows with its text up to its max-height. */
export function Textarea({ className, value, ref, ...props }: ComponentProps<'textarea'>) {
  const own = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => {
    const element = own.current
    if (sizesItself || !element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [value])

  return (
    <textarea
      ref={(element) => {
        own.current = element
        if (typeof ref === 'function') return ref(element)
        if (ref) ref.current = element
      }}
      value={value}
      className={cn('field-sizing-content resize-none bg-transparent text-base text-text', className)}
      {...props}
    />
  )
}
