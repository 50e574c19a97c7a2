import { cn } from '../lib/cn.ts'

const styles: Record<string, string> = {
  '+': 'bg-accent-soft text-accent-text',
  '-': 'bg-danger-soft text-danger',
  '@': 'text-faint',
}

/** A unified diff, line by line. */
export function LineDiff({ diff }: { diff: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0} className="max-h-96 overflow-auto rounded-md border bg-code py-1.5 font-mono text-xs">
      <code className="block w-max min-w-full">
        {diff
          .trimEnd()
          .split('\n')
          .map((line, i) => (
            <span key={i} className={cn('block whitespace-pre px-2.5', styles[line[0] ?? ''])}>
              {line || ' '}
            </span>
          ))}
      </code>
    </pre>
  )
}
