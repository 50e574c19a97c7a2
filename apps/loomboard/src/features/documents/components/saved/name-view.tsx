import { type FormEvent, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { describeError } from '../../../../lib/describe-error.ts'

const longest = 100

/** Asks for the name of a view; what was typed stays until it is saved. */
export function NameView(props: {
  title: string
  description: string
  initial: string
  onName: (title: string) => Promise<void>
  onClose: () => void
}) {
  const [typed, setTyped] = useState(props.initial)
  const [state, setState] = useState<'typing' | 'saving' | { problem: string }>('typing')

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (state === 'saving' || typed.trim() === '') return
    setState('saving')
    try {
      await props.onName(typed.trim())
    } catch (error) {
      const { reason, hint } = describeError(error)
      setState({ problem: [reason, hint].filter(Boolean).join(' ') })
    }
  }
  return (
    <Dialog open onOpenChange={props.onClose} title={props.title} description={props.description}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-3 p-4">
        <Input
          aria-label="Name"
          placeholder="Name"
          autoFocus
          required
          maxLength={longest}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {typeof state === 'object' && (
          <p role="alert" className="text-danger text-sm">
            It was not saved. {state.problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={state === 'saving'}>
            {state === 'saving' ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
