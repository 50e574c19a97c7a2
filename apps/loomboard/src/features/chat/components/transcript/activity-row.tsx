import { memo } from 'react'
import { Disclosure } from '../../../../components/disclosure.tsx'
import { formatDuration, plural } from '../../../../lib/format.ts'
import { type ActivityPart, summariseActivity } from '../../model/rows/rows.ts'
import { useExpanded } from './expanded.ts'
import { ThinkingRow } from './thinking-row.tsx'
import { ToolRow } from './tool-row.tsx'

/** From here on a run of calls is one line that opens. */
const grouped = 4

/** What an agent did between two things it said. Many calls fold into one line; failed and running ones stay visible. */
export const ActivityRow = memo(
  function ActivityRow({ id, parts }: { id: string; parts: readonly ActivityPart[] }) {
    const summary = summariseActivity(parts, Date.now())
    const [open, setOpen] = useExpanded(`${id}:group`, false)
    if (summary.tools < grouped) return <Parts parts={parts} />

    const visible = open
      ? []
      : parts.filter((part, i) => isWorthSeeing(part) || (summary.running > 0 && i === parts.length - 1))
    return (
      <div>
        <Disclosure
          open={open}
          onOpenChange={setOpen}
          label={
            <>
              <span className="shrink-0 font-medium text-text">{plural(summary.tools, 'tool call')}</span>
              {summary.failed > 0 && <span className="shrink-0 text-danger">{summary.failed} failed</span>}
              <span className="min-w-0 flex-1 truncate">{summary.names}</span>
              {summary.running === 0 && summary.ms >= 100 && (
                <span className="shrink-0 text-faint text-xs tabular-nums">{formatDuration(summary.ms)}</span>
              )}
            </>
          }
        >
          <div className="ml-[0.4rem] border-line border-l-2 pl-4">
            <Parts parts={parts} />
          </div>
        </Disclosure>
        {visible.length > 0 && (
          <div className="ml-[0.4rem] border-line border-l-2 pl-4">
            <Parts parts={visible} />
          </div>
        )}
      </div>
    )
  },
  (before, after) =>
    before.id === after.id &&
    before.parts.length === after.parts.length &&
    before.parts.every((part, i) => part === after.parts[i]),
)

function isWorthSeeing(part: ActivityPart): boolean {
  return part.kind === 'tool' ? part.state === 'failed' || part.state === 'running' : part.endedAt === undefined
}

function Parts({ parts }: { parts: readonly ActivityPart[] }) {
  return parts.map((part) =>
    part.kind === 'tool' ? <ToolRow key={part.id} part={part} /> : <ThinkingRow key={part.id} part={part} />,
  )
}
