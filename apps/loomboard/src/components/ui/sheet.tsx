import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { isComposing } from '../../lib/composing.ts'
import { OverlayRoot } from './overlay-root.ts'

/** A panel that slides in from a side; on phones it holds what stands beside the page elsewhere. */
export function Sheet(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  side?: 'left' | 'right'
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
            'fixed inset-y-0 z-50 flex w-[min(20rem,86vw)] flex-col bg-surface pb-[env(safe-area-inset-bottom)] shadow-pop outline-none',
            props.side === 'right' ? 'right-0 animate-fade-in' : 'left-0 animate-slide-in',
          )}
        >
          <Radix.Title className="sr-only">{props.title}</Radix.Title>
          <OverlayRoot value={root}>{props.children}</OverlayRoot>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
