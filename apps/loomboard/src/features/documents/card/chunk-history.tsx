import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { revisionQuery } from '../../../components/documents/queries.ts'
import { useFirst } from '../../../components/first-of.tsx'
import { describeError } from '../../../lib/describe-error.ts'
import { formatRelative } from '../../../lib/format.ts'
import { actorName } from '../model/changes.ts'
import { historyQuery } from '../queries.ts'
import { RevertRun } from '../runs/revert-run.tsx'
import { Difference } from './difference.tsx'

const mostRevisions = 100
const mostChanges = 50

/** The revisions of a chunk, the newest first; each opens to what it changed. */
export function ChunkHistory({ chunkId, self, now }: { chunkId: string; self: string | undefined; now: number }) {
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
            revert={actor_ref.run_id && <RevertRun runId={actor_ref.run_id} agent={actorName(actor_ref, self)} />}
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
  const line = (
    <>
      <span className="w-7 shrink-0 text-faint text-xs tabular-nums">r{revision}</span>
      <span className="min-w-0 flex-1 truncate">
        <span className="text-text">{who === 'you' ? 'You' : who}</span> {what}
      </span>
      <span className="shrink-0 text-faint text-xs tabular-nums">{when}</span>
    </>
  )
  if (revision === 1 && !revert)
    return <li className="flex min-h-7 items-center gap-2 pr-1.5 pl-5.5 text-muted text-sm">{line}</li>
  return (
    <li>
      <Disclosure open={open} onOpenChange={setOpen} label={line}>
        <div className="pt-1 pb-2 pl-4">
          {revision > 1 && <Changed chunkId={chunkId} revision={revision} />}
          {revert}
        </div>
      </Disclosure>
    </li>
  )
}

function Changed({ chunkId, revision }: { chunkId: string; revision: number }) {
  const { data, error } = useQuery(revisionQuery(chunkId, revision))
  if (error) return <p className="text-muted text-sm">{describeError(error).reason}</p>
  return data ? <Difference {...data} /> : null
}
