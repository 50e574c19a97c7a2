import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { isComposing } from '../../lib/composing.ts'
import { OverlayRoot } from './overlay-root.ts'

const sides = {
  left: 'inset-y-0 left-0 w-[min(20rem,86vw)] animate-slide-in',
  right: 'inset-y-0 right-0 w-[min(20rem,86vw)] animate-fade-in',
  bottom: 'inset-x-0 bottom-0 h-[min(44rem,85dvh)] animate-fade-in overflow-hidden rounded-t-xl border-t',
}

/** A panel that slides in from a side; on phones it holds what stands beside the page elsewhere. */
export function Sheet(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  side?: 'left' | 'right' | 'bottom'
  children: ReactNode
}) {
  const [root, setRoot] = useState<HTMLElement | null>(null)
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          onEscapeKeyDown={(event) => isComposing(event) && event.preventDefault()}
          ref={setRoot}
          aria-describedby={undefined}
          className={cn(
            'fixed z-50 flex flex-col bg-surface pb-[env(safe-area-inset-bottom)] shadow-pop outline-none',
            sides[props.side ?? 'left'],
          )}
        >
          <Radix.Title className="sr-only">{props.title}</Radix.Title>
          <OverlayRoot value={root}>{props.children}</OverlayRoot>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
