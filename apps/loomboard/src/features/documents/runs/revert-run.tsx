import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useFirst } from '../../../components/first-of.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { client } from '../../../lib/client.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { plural } from '../../../lib/format.ts'
import { toast } from '../../../lib/toast.ts'
import { focusViewIfLost } from '../components/focus.ts'
import type { RunDeeds } from '../model/run-deeds.ts'
import { runDeedsQuery } from '../queries.ts'
import { askToRevert, type RunToRevert, reverting } from './reverting.ts'

/** Takes back everything that a run did to the document, once somebody has seen what that is. */
export function RevertRun(run: RunToRevert) {
  return (
    <Button size="sm" variant="ghost" onClick={() => askToRevert(run)} className="-ml-2 self-start">
      <Undo2 aria-hidden="true" />
      Revert everything this run did
    </Button>
  )
}

/** Asks, wherever in the document somebody wants a run taken back. */
export function RevertRunDialog({ documentId }: { documentId: string }) {
  const run = useStore(reverting)
  // On another page nobody asks for it any more.
  useEffect(() => () => reverting.set(undefined), [])
  return run ? <Asking key={run.runId} documentId={documentId} {...run} /> : null
}

/** Says what would be taken back, and what others have changed since and stays. */
function Asking({ documentId, runId, agent }: RunToRevert & { documentId: string }) {
  const { data: deeds, error } = useQuery(runDeedsQuery(documentId, runId))
  const [isReverting, setReverting] = useState(false)
  const onClose = () => reverting.set(undefined)
  async function revert(): Promise<void> {
    setReverting(true)
    try {
      const { reverted, skipped } = await client.document({ op: 'revert_run', document_id: documentId, run_id: runId })
      const left = skipped.map(({ title, reason }) => `“${title || 'Untitled'}”: ${reason}`).join(' ')
      toast.info(
        reverted.length === 0 ? 'Nothing was reverted' : `${plural(reverted.length, 'change')} by ${agent} reverted`,
        skipped.length === 0 ? '' : `Left as it is: ${left}`,
      )
      onClose()
    } catch (failure) {
      toast.error('It was not reverted', failure)
      setReverting(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      onClosed={focusViewIfLost}
      title={`Revert this run of ${agent}?`}
      description="Everything it did in this document is as it was before. What others have changed since stays."
    >
      <div className="flex min-h-0 flex-col gap-3 p-4">
        {deeds ? (
          <Deeds deeds={deeds} />
        ) : error ? (
          <p role="alert" className="text-muted text-sm">
            What it did could not be read. {describeError(error).reason}
          </p>
        ) : (
          <div role="status" aria-label="Reading what it did" className="flex flex-col gap-2">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-4 w-1/2" />
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabled={isReverting || (deeds !== undefined && deeds.taken.length === 0 && !deeds.isMore)}
            onClick={() => void revert()}
          >
            {isReverting ? 'Reverting…' : 'Revert'}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const mostShown = 20
const undone = { added: 'goes', changed: 'as it was', moved: 'back where it was', deleted: 'comes back' }

function Deeds({ deeds: { taken, kept, isMore } }: { deeds: RunDeeds & { isMore: boolean } }) {
  const shown = useFirst(taken, mostShown)
  const left = useFirst(kept, mostShown)
  return (
    <div className="flex max-h-[40vh] flex-col gap-3 overflow-y-auto text-sm">
      {taken.length + kept.length === 0 && !isMore && <p className="text-muted">It changed no chunk that is here.</p>}
      {taken.length > 0 && (
        <section aria-label="Is taken back">
          <h3 className="mb-1 text-faint text-xs">{plural(taken.length, 'chunk')} taken back</h3>
          <ul>
            {shown.first.map(({ id, title, what }) => (
              <li key={id} className="flex gap-2 py-0.5">
                <span className="min-w-0 flex-1 truncate">{title}</span>
                <span className="shrink-0 text-muted">
                  {what}: {undone[what]}
                </span>
              </li>
            ))}
          </ul>
          {shown.more}
        </section>
      )}
      {kept.length > 0 && (
        <section aria-label="Stays">
          <h3 className="mb-1 text-faint text-xs">{plural(kept.length, 'chunk stays', 'chunks stay')} as it is now</h3>
          <ul>
            {left.first.map(({ id, title, by }) => (
              <li key={id} className="flex gap-2 py-0.5">
                <span className="min-w-0 flex-1 truncate">{title}</span>
                <span className="shrink-0 text-muted">changed since by {by.id}</span>
              </li>
            ))}
          </ul>
          {left.more}
        </section>
      )}
      {isMore && <p className="text-muted">It did more than is listed here; all of it is reverted.</p>}
    </div>
  )
}
