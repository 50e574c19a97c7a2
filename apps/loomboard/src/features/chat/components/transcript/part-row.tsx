import { FoldVertical, Info, Megaphone, RotateCcw, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { Disclosure } from '../../../../components/disclosure.tsx'
import { Markdown } from '../../../../components/markdown/markdown.tsx'
import { LongText } from '../../../../components/markdown/plain/long-text.tsx'
import { QuestionCard } from '../../../../components/question/question-card.tsx'
import { formatCount, formatTime } from '../../../../lib/format.ts'
import type { ActivityPart } from '../../model/rows/rows.ts'
import type { CompactionPart, ErrorPart, NoticePart, Part } from '../../model/types.ts'
import { useExpanded } from './expanded.ts'

export const PartRow = memo(function PartRow({ part }: { part: Exclude<Part, ActivityPart> }) {
  switch (part.kind) {
    case 'text':
      return (
        <div className="py-2">
          <Markdown text={part.text} streaming={part.open} />
        </div>
      )
    case 'notice':
      return <NoticeRow part={part} />
    case 'error':
      return <ErrorRow part={part} />
    case 'compaction':
      return <CompactionRow part={part} />
    case 'question':
      return <QuestionCard question={part} />
  }
})

function NoticeRow({ part }: { part: NoticePart }) {
  if (part.fromAgent) return <AgentNotice text={part.text} />
  return <RunNotice part={part} />
}

function AgentNotice({ text }: { text: string }) {
  return (
    <div className="my-2 flex gap-2.5 rounded-lg border bg-surface px-3.5 py-2.5">
      <Megaphone aria-label="The agent lets you know" className="mt-1 size-4 shrink-0 text-accent-text" />
      <p className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <LongText text={text} />
      </p>
    </div>
  )
}

function RunNotice({ part }: { part: NoticePart }) {
  const [open, setOpen] = useExpanded(part.id, false)
  const Icon = part.retryOf ? RotateCcw : Info
  const line = (
    <span className={part.tone === 'warn' ? 'flex items-center gap-2 text-warn' : 'flex items-center gap-2 text-muted'}>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {part.text}
    </span>
  )
  if (!part.detail) return <div className="py-1 text-sm">{line}</div>
  return (
    <Disclosure open={open} onOpenChange={setOpen} label={line}>
      <p className="ml-[0.4rem] whitespace-pre-wrap border-line border-l-2 pl-4 text-muted text-sm">{part.detail}</p>
    </Disclosure>
  )
}

function ErrorRow({ part }: { part: ErrorPart }) {
  return (
    <div className="my-2 flex gap-2.5 rounded-lg border border-danger-line bg-danger-soft px-3.5 py-2.5 text-sm">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-medium text-danger">This turn failed</p>
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          <LongText text={part.text} />
        </p>
        <p className="mt-1 text-muted">{goesOn(part)}</p>
      </div>
    </div>
  )
}

function goesOn({ retryAt }: ErrorPart): string {
  if (retryAt === undefined || retryAt <= Date.now()) return 'The conversation goes on: send a message to try again.'
  return `The conversation goes on: send a message after ${formatTime(retryAt)}.`
}

function CompactionRow({ part }: { part: CompactionPart }) {
  const [open, setOpen] = useExpanded(part.id, false)
  const sizes =
    part.before !== undefined && part.after !== undefined
      ? `${formatCount(part.before)} → ${formatCount(part.after)} tokens`
      : undefined
  return (
    <Disclosure
      className="my-2 border-y border-dashed py-1"
      open={open}
      onOpenChange={setOpen}
      label={
        <>
          <FoldVertical aria-hidden="true" className="size-3.5" />
          <span className="flex flex-wrap items-baseline gap-x-2">
            Earlier conversation summarised
            {sizes && <span className="text-faint text-xs tabular-nums">{sizes}</span>}
          </span>
        </>
      }
    >
      <Markdown text={part.summary} className="ml-[0.4rem] border-line border-l-2 pl-4 text-muted text-sm" />
    </Disclosure>
  )
}
