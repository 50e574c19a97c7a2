import { memo } from 'react'
import { Disclosure } from '../../../../components/disclosure.tsx'
import { Markdown } from '../../../../components/markdown/markdown.tsx'
import { formatDuration } from '../../../../lib/format.ts'
import { useNow } from '../../../../lib/use-now.ts'
import type { ThinkingPart } from '../../model/types.ts'
import { useExpanded } from './expanded.ts'

/** Reasoning is shown while it happens and folds when it is done. */
export const ThinkingRow = memo(function ThinkingRow({ part }: { part: ThinkingPart }) {
  const thinking = part.endedAt === undefined
  const [open, setOpen] = useExpanded(part.id, false)
  return (
    <Disclosure
      open={open || thinking}
      onOpenChange={setOpen}
      label={thinking ? <Thinking since={part.startedAt} /> : <span>{thoughtFor(part)}</span>}
    >
      <div className="my-1 ml-[0.4rem] border-line border-l-2 pl-4 text-muted text-sm">
        <Markdown text={part.text} streaming={thinking} />
      </div>
    </Disclosure>
  )
})

function Thinking({ since }: { since: number }) {
  const now = useNow(1000)
  return (
    <span>
      <span className="animate-breathe">Thinking</span>
      {now - since > 2000 && <span className="text-faint tabular-nums"> {formatDuration(now - since)}</span>}
    </span>
  )
}

function thoughtFor(part: ThinkingPart): string {
  const ms = (part.endedAt ?? part.startedAt) - part.startedAt
  // A replay has no durations worth naming.
  return ms < 500 ? 'Thought for a moment' : `Thought for ${formatDuration(ms)}`
}
