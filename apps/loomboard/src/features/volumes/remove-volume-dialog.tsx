import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Dialog } from '../../components/ui/dialog.tsx'
import { Input } from '../../components/ui/input.tsx'
import { client } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { toast } from '../../lib/toast.ts'
import { refreshVolumes } from './queries.ts'

export interface RemoveVolumeDialogProps {
  name: string
  how: 'delete' | 'purge'
  onClose: () => void
}

/** Removing one can be undone by a new one of its name; removing its files cannot, so its name has to be written. */
export function RemoveVolumeDialog({ name, how, onClose }: RemoveVolumeDialogProps) {
  const isPurged = how === 'purge'
  const [typed, setTyped] = useState('')
  const id = useId()
  const remove = useMutation({
    mutationFn: () => client.volumeDef({ op: how, name }),
    onSuccess: async () => {
      await refreshVolumes()
      toast.info(isPurged ? `${name} is gone, with its files` : `${name} is removed; its files are kept`)
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={isPurged ? `Remove ${name} with its files?` : `Remove ${name}?`}
      description={
        isPurged
          ? 'All that is in it is deleted for good. Agents that have it can reach it no more.'
          : 'Agents that have it can reach it no more. Its files are kept: a new volume of this name has them.'
      }
    >
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!remove.isPending) remove.mutate()
        }}
      >
        {isPurged && (
          <div>
            <label htmlFor={id} className="mb-1 block text-sm">
              Write its name, <b>{name}</b>, if you mean it
            </label>
            <Input
              id={id}
              autoFocus
              autoCapitalize="none"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </div>
        )}
        {remove.error && (
          <p role="alert" className="text-danger text-sm">
            It was not removed. {describeError(remove.error).reason.replace(/^[a-z_]+: /, '')}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="danger" disabled={remove.isPending || (isPurged && typed !== name)}>
            {isPurged ? 'Remove with its files' : 'Remove'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
