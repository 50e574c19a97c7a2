import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { client } from '../../../lib/client.ts'
import { plural } from '../../../lib/format.ts'
import { toast } from '../../../lib/toast.ts'

interface RevertRunProps {
  documentId: string
  runId: string
  agent: string
}

/** Takes back everything that a run did to the document, but for what others have changed since. */
export function RevertRun({ documentId, runId, agent }: RevertRunProps) {
  const [state, setState] = useState<'closed' | 'asking' | 'reverting'>('closed')
  async function revert(): Promise<void> {
    setState('reverting')
    try {
      const { reverted, skipped } = await client.document({ op: 'revert_run', document_id: documentId, run_id: runId })
      const left = skipped.map(({ title, reason }) => `“${title || 'Untitled'}”: ${reason}`).join(' ')
      toast.info(
        reverted.length === 0 ? 'Nothing was reverted' : `${plural(reverted.length, 'change')} by ${agent} reverted`,
        skipped.length === 0 ? '' : `Left as it is: ${left}`,
      )
      setState('closed')
    } catch (error) {
      toast.error('It was not reverted', error)
      setState('asking')
    }
  }
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setState('asking')} className="-ml-2 self-start">
        <Undo2 aria-hidden="true" />
        Revert everything this run did
      </Button>
      <Dialog
        open={state !== 'closed'}
        onOpenChange={(open) => !open && setState('closed')}
        title={`Revert this run of ${agent}?`}
        description="Everything it did in this document is as it was before. What others have changed since stays."
      >
        <div className="flex justify-end gap-2 p-4">
          <Button variant="ghost" onClick={() => setState('closed')}>
            Cancel
          </Button>
          <Button variant="danger" disabled={state === 'reverting'} onClick={() => void revert()}>
            {state === 'reverting' ? 'Reverting…' : 'Revert'}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
