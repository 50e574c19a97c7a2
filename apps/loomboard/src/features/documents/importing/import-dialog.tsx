import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { pathToSplat } from '../../../components/documents/address.ts'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { describeError } from '../../../lib/describe-error.ts'
import { ChooseSource } from './choose-source.tsx'
import { ImportChoices } from './import-choices.tsx'
import { ImportPreview } from './import-preview.tsx'
import { useImport } from './use-import.ts'

/** Brings a board, a table or a document in: it says what would become of it first. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { source, kind, isBoard, choices, state, preview, take, choose, run } = useImport()
  const isReady = source !== undefined && (!isBoard || (preview.isSuccess && !preview.isPlaceholderData))

  async function add(): Promise<void> {
    const made = await run()
    if (!made) return
    await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import-preview' })
    onClose()
    if (made.path) await navigate({ to: '/docs/$', params: { _splat: pathToSplat(made.path) } })
    else await navigate({ to: '/documents/$id', params: { id: made.id } })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Import"
      className="max-w-xl max-sm:top-4 max-sm:max-h-[calc(100dvh-2rem)]"
    >
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        {!source ? (
          <ChooseSource onTake={take} />
        ) : (
          <>
            <ImportChoices choices={choices} kind={kind} preview={preview.data} onChoose={choose} />
            <div aria-live="polite">
              {!isBoard ? (
                <p className="text-sm">
                  {kind === 'canvas'
                    ? 'A document with a chunk for each node of the canvas.'
                    : 'A document with a chunk for each heading. Markdown that was exported here comes back as it was.'}
                </p>
              ) : preview.isError ? (
                <p role="alert" className="text-danger text-sm">
                  This cannot be imported. {describeError(preview.error).reason}
                </p>
              ) : preview.data ? (
                <ImportPreview preview={preview.data} />
              ) : (
                <p className="text-muted text-sm">Looking at it…</p>
              )}
            </div>
            {typeof state === 'object' && (
              <p role="alert" className="text-danger text-sm">
                It was not imported. {state.problem}
              </p>
            )}
          </>
        )}
      </div>
      {source && (
        <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">
          <Button variant="ghost" onClick={() => take(undefined)}>
            Choose another
          </Button>
          <Button variant="primary" disabled={!isReady || state === 'importing'} onClick={() => void add()}>
            {state === 'importing' ? 'Importing…' : 'Import'}
          </Button>
        </footer>
      )}
    </Dialog>
  )
}
