import { Popover as Radix } from 'radix-ui'
import { type ReactNode, useContext, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { mainOfPage, OverlayRoot } from './overlay-root.ts'

/** A small page beside the button that opens it; a click elsewhere or Escape closes it. */
export function Popover(props: {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** What it is, for screen readers. */
  label: string
  trigger: ReactNode
  align?: 'start' | 'end'
  className?: string
  children: ReactNode
}) {
  const root = useContext(OverlayRoot)
  const { open, onOpenChange } = props
  // What was drawn while one went from page to page saw the one that was left.
  const [main, setMain] = useState<HTMLElement | null>(null)
  const onChange = (isOpen: boolean) => {
    if (isOpen) setMain(mainOfPage())
    onOpenChange?.(isOpen)
  }
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} onOpenChange={onChange}>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal container={root ?? main ?? mainOfPage()}>
        <Radix.Content
          aria-label={props.label}
          align={props.align ?? 'start'}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'z-50 flex max-h-(--radix-popover-content-available-height) w-64 animate-rise flex-col overflow-y-auto rounded-lg bg-raised p-2 shadow-pop outline-none',
            props.className,
          )}
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
