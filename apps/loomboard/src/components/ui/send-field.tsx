import type { ComponentProps } from 'react'
import { cn } from '../../lib/cn.ts'
import { enterKeyHint, isSendKey } from '../../lib/send-key.ts'
import { Textarea } from './textarea.tsx'

export interface SendFieldProps extends Omit<ComponentProps<typeof Textarea>, 'value' | 'onChange' | 'onKeyDown'> {
  value: string
  onText: (text: string) => void
  onSend: () => void
}

/** A field for a few lines that the key for it sends. */
export function SendField({ value, onText, onSend, className, ...props }: SendFieldProps) {
  return (
    <Textarea
      dir="auto"
      value={value}
      enterKeyHint={enterKeyHint()}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (!isSendKey(event.nativeEvent)) return
        event.preventDefault()
        onSend()
      }}
      className={cn(
        'block w-full overflow-y-auto rounded-md border border-line-strong bg-bg -outline-offset-1 focus-visible:border-ring',
        className,
      )}
      {...props}
    />
  )
}
