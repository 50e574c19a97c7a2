import { cutText } from '@loomcycle/proto/wire'
import { cn } from '../lib/cn.ts'

const styles: Record<string, string> = {
  '+': 'bg-accent-soft text-accent-text',
  '-': 'bg-danger-soft text-danger',
  '@': 'text-faint',
}

/** More than anybody reads in a box of this size. */
const mostLines = 1000
const mostChars = 2000

/** A unified diff, line by line. */
export function LineDiff({ diff }: { diff: string }) {
  const lines = diff.trimEnd().split('\n')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0} className="max-h-96 overflow-auto rounded-md border bg-code py-1.5 font-mono text-xs">
      <code className="block w-max min-w-full">
        {lines.slice(0, mostLines).map((line, i) => (
          <span key={i} className={cn('block whitespace-pre px-2.5', styles[line[0] ?? ''])}>
            {cutText(line, mostChars) || ' '}
          </span>
        ))}
        {lines.length > mostLines && (
          <span className="block px-2.5 text-faint">And {lines.length - mostLines} more lines.</span>
        )}
      </code>
    </pre>
  )
}
