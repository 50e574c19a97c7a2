import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Dialog } from '../../components/ui/dialog.tsx'
import { Input } from '../../components/ui/input.tsx'
import { Select } from '../../components/ui/select.tsx'
import { client } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { refreshVolumes } from './queries.ts'

export function NewVolumeDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [mode, setMode] = useState<'rw' | 'ro'>('rw')
  const id = useId()
  const make = useMutation({
    mutationFn: () => client.volumeDef({ op: 'create', name, mode }),
    onSuccess: async () => {
      await refreshVolumes()
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New volume"
      description="An empty folder, which agents reach once it stands among their volumes."
    >
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!make.isPending) make.mutate()
        }}
      >
        <div>
          <label htmlFor={`${id}-name`} className="block font-medium text-sm">
            Name
          </label>
          <p id={`${id}-hint`} className="mb-1 text-muted text-xs">
            Small letters, digits, _ and -.
          </p>
          <Input
            id={`${id}-name`}
            aria-describedby={`${id}-hint`}
            autoFocus
            required
            maxLength={64}
            pattern="[a-z0-9][a-z0-9_\-]{0,63}"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <div>
          <label htmlFor={`${id}-mode`} className="mb-1 block font-medium text-sm">
            What may be done with its files
          </label>
          <Select id={`${id}-mode`} value={mode} onChange={({ target }) => setMode(target.value as 'rw' | 'ro')}>
            <option value="rw">Read and write</option>
            <option value="ro">Read only</option>
          </Select>
        </div>
        {make.error && (
          <p role="alert" className="text-danger text-sm">
            It was not made. {describeError(make.error).reason.replace(/^[a-z_]+: /, '')}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={make.isPending}>
            {make.isPending ? 'Making…' : 'Make it'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
