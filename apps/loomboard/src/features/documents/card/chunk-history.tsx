import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { revisionQuery } from '../../../components/documents/queries.ts'
import { useFirst } from '../../../components/first-of.tsx'
import { LineDiff } from '../../../components/line-diff.tsx'
import { cn } from '../../../lib/cn.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { formatRelative } from '../../../lib/format.ts'
import { inWords } from '../../../lib/json-text.ts'
import { actorName } from '../model/changes.ts'
import { historyQuery } from '../queries.ts'
import { RevertRun } from '../runs/revert-run.tsx'

const mostRevisions = 100
const mostChanges = 50

/** The revisions of a chunk, the newest first; each opens to what it changed. */
export function ChunkHistory(props: { chunkId: string; documentId: string; self: string | undefined; now: number }) {
  const { chunkId, documentId, self, now } = props
  const { data: revisions, error } = useQuery(historyQuery(chunkId))
  const { first, more } = useFirst(revisions ?? [], mostRevisions, chunkId)
  return (
    <section className="mt-5" aria-label="History">
      <h3 className="mb-1 font-medium text-faint text-xs">History</h3>
      {error && !revisions && <p className="text-muted text-sm">{describeError(error).reason}</p>}
      <ul>
        {first.map(({ revision, actor_ref, op, at, keys }) => (
          <Revision
            key={revision}
            chunkId={chunkId}
            revision={revision}
            revert={
              actor_ref.run_id && (
                <RevertRun documentId={documentId} runId={actor_ref.run_id} agent={actorName(actor_ref, self)} />
              )
            }
            who={actorName(actor_ref, self)}
            what={wordsFor(op, keys)}
            when={formatRelative(Date.parse(at), now)}
          />
        ))}
      </ul>
      {more}
    </section>
  )
}

function wordsFor(op: string, keys: readonly string[] = []): string {
  const what = keys
    .slice(0, mostChanges)
    .filter((key) => key !== 'markup')
    .join(', ')
    .replaceAll('_', ' ')
  if (/^(?:create|import)_/.test(op)) return 'made it'
  if (/^revert/.test(op)) return `undid ${what || 'a change'}`
  return `changed ${what || 'it'}`
}

interface RevisionProps {
  chunkId: string
  revision: number
  /** Takes back the run that made it, where it was one. */
  revert: ReactNode
  who: string
  what: string
  when: string
}

function Revision({ chunkId, revision, revert, who, what, when }: RevisionProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const line = (
    <>
      <span className="w-7 shrink-0 text-faint text-xs tabular-nums">r{revision}</span>
      <span className="min-w-0 flex-1 truncate">
        <span className="text-text">{who === 'you' ? 'You' : who}</span> {what}
      </span>
      <span className="shrink-0 text-faint text-xs tabular-nums">{when}</span>
    </>
  )
  if (revision === 1 && !revert) return <li className="flex items-center gap-2 py-1 pl-5 text-muted text-sm">{line}</li>
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-2 rounded-md py-1 text-left text-muted text-sm hover:bg-hover coarse:py-2.5"
      >
        <ChevronRight
          aria-hidden="true"
          className={cn('-mr-1 size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
        />
        {line}
      </button>
      <div id={id} hidden={!open} className="pb-2 pl-5">
        {open && revision > 1 && <Changed chunkId={chunkId} revision={revision} />}
        {open && revert}
      </div>
    </li>
  )
}

function Changed({ chunkId, revision }: { chunkId: string; revision: number }) {
  const { data, error } = useQuery(revisionQuery(chunkId, revision))
  const changes = Object.entries(data?.changes ?? {})
  const { first, more } = useFirst(changes, mostChanges)
  if (error) return <p className="text-muted text-sm">{describeError(error).reason}</p>
  if (!data) return null
  return (
    <div className="flex flex-col gap-2">
      {changes.length > 0 && (
        <dl className="grid grid-cols-[max-content_1fr] gap-x-3 gap-y-1 text-sm">
          {first.map(([name, { from, to }]) => (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">
                <del className="text-muted">{say(from)}</del> → {say(to)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {more}
      {data.diff && <LineDiff diff={data.diff} />}
      {!data.diff && changes.length === 0 && <p className="text-faint text-sm">Nothing that shows.</p>}
    </div>
  )
}

function say(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return inWords(value) || 'nothing'
  const members = Object.entries(value).map(([name, member]) => `${name} ${inWords(member)}`)
  return members.join(', ') || 'nothing'
}
