import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { type ComponentProps, createContext, useContext, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { mainOfPage, OverlayRoot } from './overlay-root.ts'

/** Where it was opened. What was drawn while one went from page to page saw the one that was left. */
const OpenedIn = createContext<HTMLElement | null>(null)

/** Not modal: what is around stays readable to screen readers, and a click elsewhere does what it says. */
export function Menu({ onOpenChange, ...props }: ComponentProps<typeof Radix.Root>) {
  const [main, setMain] = useState<HTMLElement | null>(null)
  const onChange = (open: boolean) => {
    if (open) setMain(mainOfPage())
    onOpenChange?.(open)
  }
  return (
    <OpenedIn value={main}>
      <Radix.Root modal={false} onOpenChange={onChange} {...props} />
    </OpenedIn>
  )
}

export const MenuTrigger = Radix.Trigger

const itemStyle =
  'flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:text-faint coarse:py-2.5 [&_svg]:size-4 [&_svg]:text-muted'

export function MenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  const root = useContext(OverlayRoot)
  const main = useContext(OpenedIn)
  return (
    <Radix.Portal container={root ?? main ?? mainOfPage()}>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn('z-50 min-w-44 animate-rise rounded-lg bg-raised p-1 shadow-pop', className)}
        {...props}
      />
    </Radix.Portal>
  )
}

export function MenuItem({ className, danger, ...props }: ComponentProps<typeof Radix.Item> & { danger?: boolean }) {
  return <Radix.Item className={cn(itemStyle, danger && 'text-danger [&_svg]:text-danger', className)} {...props} />
}

/** Something that is on or off. */
export function MenuCheck({ className, children, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(itemStyle, 'pr-7', className)} {...props}>
      {children}
      <Radix.ItemIndicator className="absolute right-2.5">
        <Check className="text-accent-text" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  )
}
