import { Check, Minus, X } from 'lucide-react'
import { cn } from '../lib/cn.ts'
import type { RunTone } from '../lib/runs/run-words.ts'

const dots = {
  working: 'size-2 animate-breathe bg-accent',
  asking: 'size-2 bg-warn',
  waiting: 'size-2 border border-line-strong',
  parked: 'size-2 border border-accent-text',
}

/** The state of a run as a mark; its words are its name. */
export function RunMark({ tone, words }: { tone: RunTone; words: string }) {
  return (
    <span role="img" aria-label={words} className="flex size-4 shrink-0 items-center justify-center">
      {tone === 'done' && <Check className="size-3.5 text-accent-text" />}
      {tone === 'failed' && <X className="size-3.5 text-danger" />}
      {tone === 'stopped' && <Minus className="size-3.5 text-faint" />}
      {tone in dots && <span className={cn('rounded-full', dots[tone as keyof typeof dots])} />}
    </span>
  )
}
