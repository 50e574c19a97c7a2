import { Bot } from 'lucide-react'
import { cn } from '../lib/cn.ts'

/** Somebody as a sign beside their name, or with it as a tip. */
export function Face({ name, isAgent, className }: { name: string; isAgent: boolean; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex size-6 shrink-0 select-none items-center justify-center rounded-full font-medium text-2xs',
        isAgent ? 'bg-accent-soft text-accent-text' : 'bg-hover text-muted',
        className,
      )}
    >
      {isAgent ? <Bot className="size-3.5" /> : initials(name)}
    </span>
  )
}

/** `ada.lovelace` is AL; one word, its first two letters. */
function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const [first = '', second] = words
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toUpperCase()
}
