import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { isComposing } from '../../lib/composing.ts'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  /** Reads the title out without drawing it, where the content speaks for itself. */
  bare?: boolean
  className?: string
  /** Takes the focus when it has closed, where what had it before is gone; otherwise that has it again. */
  onClosed?: () => void
  children: ReactNode
}

export function Dialog({ open, onOpenChange, title, description, bare, className, onClosed, children }: DialogProps) {
  const [opened, setOpened] = useState(() => ({ open, by: document.activeElement }))
  if (open !== opened.open) setOpened({ open, by: open ? document.activeElement : opened.by })
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          onEscapeKeyDown={(event) => isComposing(event) && event.preventDefault()}
          {...(description ? {} : { 'aria-describedby': undefined })}
          // Its first button is no better place to begin than itself. A field that asks for the focus has it already.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (onClosed) onClosed()
            else if (document.activeElement === document.body && opened.by instanceof HTMLElement) opened.by.focus()
          }}
          className={cn(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 animate-rise flex-col overflow-hidden rounded-xl bg-raised shadow-pop outline-none',
            className,
          )}
        >
          {bare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <header className="flex items-center justify-between border-b py-2.5 pr-2.5 pl-4">
              <Radix.Title className="font-display font-semibold text-base">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label="Close" size="sm">
                  <X />
                </IconButton>
              </Radix.Close>
            </header>
          )}
          {description && (
            <Radix.Description className={bare ? 'sr-only' : 'px-4 pt-3 text-muted text-sm'}>
              {description}
            </Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
