import { useQuery } from '@tanstack/react-query'
import { ListFilter } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { diffQuery } from '../../../components/documents/queries.ts'
import { Face } from '../../../components/face.tsx'
import { useFirst } from '../../../components/first-of.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { describeError } from '../../../lib/describe-error.ts'
import { formatRelative } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { Difference } from '../card/difference.tsx'
import { actorName, type Mark } from '../model/changes.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { inALine } from './in-a-line.ts'

export interface ChangedDialogProps {
  /** The latest first. */
  changed: readonly (readonly [id: string, mark: Mark])[]
  chunks: ReadonlyMap<string, OutlineChunk>
  self: string | undefined
  onOpen: (chunkId: string) => void
  /** Leaves only these in the view. */
  onFilter: () => void
  onClose: () => void
}

const mostLines = 50

/** What changed since somebody looked: a line a chunk, which opens to what it was and what it is. */
export function ChangedDialog({ changed, chunks, self, onOpen, onFilter, onClose }: ChangedDialogProps) {
  const { first, more } = useFirst(changed, mostLines)
  const now = useNow(30_000)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="What changed since you looked"
      className="w-[min(46rem,calc(100vw-1.5rem))]"
    >
      <div className="max-h-[min(40rem,70dvh)] overflow-y-auto px-4 py-2">
        <ul className="divide-y">
          {first.map(([id, mark]) => (
            <li key={id} className="py-1">
              <Line
                id={id}
                mark={mark}
                chunk={chunks.get(id)}
                who={actorName(mark.actor, self)}
                when={formatRelative(mark.at, now)}
                onOpen={() => {
                  onClose()
                  onOpen(id)
                }}
              />
            </li>
          ))}
        </ul>
        {more}
      </div>
      <div className="flex justify-end gap-2 border-t p-3">
        <Button
          variant="ghost"
          onClick={() => {
            onFilter()
            onClose()
          }}
        >
          <ListFilter aria-hidden="true" />
          Show only these
        </Button>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  )
}

interface LineProps {
  id: string
  mark: Mark
  chunk: OutlineChunk | undefined
  who: string
  when: string
  onOpen: () => void
}

function Line({ id, mark, chunk, who, when, onOpen }: LineProps) {
  const [isOpen, setOpen] = useState(false)
  const from = mark.from
  const to = chunk?.revision ?? from
  const isSeen = chunk !== undefined && from > 0 && to > from
  const { data, error } = useQuery({ ...diffQuery(id, Math.max(1, from), Math.max(1, to)), enabled: isSeen })
  const words = !chunk ? 'deleted' : from === 0 ? 'new' : !isSeen ? 'its place or its tags' : data ? inALine(data) : ''
  const line = (
    <span className="flex min-w-0 flex-1 items-start gap-2 py-1">
      <Face name={mark.actor.id} isAgent={mark.actor.kind === 'agent'} className="size-5" />
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="min-w-0 truncate font-medium text-text">{chunk?.title || mark.gone || 'Untitled'}</span>
          <span className="shrink-0 text-faint text-xs">
            {who === 'you' ? 'You' : who}, {when}
          </span>
        </span>
        <span className="line-clamp-2 text-muted text-xs [overflow-wrap:anywhere]">
          {error ? describeError(error).reason : words}
        </span>
      </span>
    </span>
  )
  const open: ReactNode = chunk && (
    <Button size="sm" variant="ghost" aria-label={`Open ${chunk.title || 'Untitled'}`} onClick={onOpen}>
      Open
    </Button>
  )
  if (!data)
    return (
      <div className="flex min-w-0 items-center gap-1 pl-5 text-sm">
        {line}
        {open}
      </div>
    )
  return (
    <Disclosure open={isOpen} onOpenChange={setOpen} label={line} aside={open}>
      <div className="py-2 pl-5">
        <Difference {...data} />
      </div>
    </Disclosure>
  )
}
