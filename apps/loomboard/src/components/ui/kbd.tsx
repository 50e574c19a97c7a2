import { cn } from '../../lib/cn.ts'
import { shortcutKeys } from '../../lib/shortcuts.ts'

export function Kbd({ combo, className }: { combo: string; className?: string }) {
  return (
    <span className={cn('inline-flex gap-0.5', className)}>
      {shortcutKeys(combo).map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-surface px-1 font-sans text-2xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
