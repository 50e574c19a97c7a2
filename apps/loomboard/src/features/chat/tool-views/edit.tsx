import { cutText } from '@loomcycle/proto/wire'
import { cn } from '../../../lib/cn.ts'
import type { ToolPart } from '../model/types.ts'

interface Edit {
  old_string: string
  new_string: string
}

export function isEdit(input: unknown): input is Edit {
  const { old_string, new_string } = (input ?? {}) as Partial<Edit>
  return typeof old_string === 'string' && typeof new_string === 'string'
}

/** What was there and what is there now, line by line; lines that stayed the same around it are left out. */
export function EditView({ part }: { part: ToolPart }) {
  if (!isEdit(part.input)) return null
  const before = part.input.old_string.split('\n')
  const after = part.input.new_string.split('\n')
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && before[head] === after[head]) head++
  let tail = 0
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return (
    <>
      <div className="overflow-x-auto rounded-lg border bg-code py-1.5 font-mono text-[0.8125rem] leading-[1.55]">
        <Lines lines={before.slice(head, before.length - tail)} sign="−" className="bg-danger-soft text-danger" />
        <Lines lines={after.slice(head, after.length - tail)} sign="+" className="bg-accent-soft text-accent-text" />
      </div>
      {part.result?.startsWith('edited ') && (
        <p className="text-faint text-xs first-letter:uppercase">{cutText(part.result, 300)}</p>
      )}
    </>
  )
}

/** More than anybody reads in a conversation; the raw view has it all. */
const mostLines = 400
const mostChars = 2000

function Lines({ lines, sign, className }: { lines: readonly string[]; sign: '−' | '+'; className: string }) {
  const word = sign === '+' ? 'Added: ' : 'Removed: '
  const shown = lines.slice(0, mostLines).map((line, i) => (
    <p key={i} className={cn('flex gap-2 whitespace-pre-wrap px-3 [overflow-wrap:anywhere]', className)}>
      <span aria-hidden="true" className="select-none">
        {sign}
      </span>
      <span className="sr-only">{word}</span>
      {cutText(line, mostChars) || ' '}
    </p>
  ))
  if (lines.length <= mostLines) return shown
  return [...shown, <p key="more" className="px-3 text-faint">{`And ${lines.length - mostLines} more lines.`}</p>]
}
