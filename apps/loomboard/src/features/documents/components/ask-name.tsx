import { type FormEvent, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { describeError } from '../../../lib/describe-error.ts'

export interface AskNameProps {
  title: string
  description: string
  /** What is asked for: its title, its name. */
  label: string
  longest: number
  typed: string
  onType: (text: string) => void
  /** What is done with it, and what did not come of it: Add, Adding…, added. */
  verbs: { does: string; doing: string; done: string }
  /** What was typed stays until this has come about. */
  onName: (name: string) => Promise<void>
  onClose: () => void
  /** The focus is to be taken. */
  onClosed?: () => void
}

/** Asks what something is to be called. */
export function AskName(props: AskNameProps) {
  const { title, description, label, longest, typed, onType, verbs, onName, onClose, onClosed } = props
  const [state, setState] = useState<'typing' | 'sending' | { problem: string }>('typing')

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (state === 'sending' || typed.trim() === '') return
    setState('sending')
    try {
      await onName(typed.trim())
    } catch (error) {
      const { reason, hint } = describeError(error)
      setState({ problem: [reason, hint].filter(Boolean).join(' ') })
    }
  }
  return (
    <Dialog open onOpenChange={onClose} title={title} description={description} {...(onClosed ? { onClosed } : {})}>
      <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3 p-4">
        <Input
          aria-label={label}
          placeholder={label}
          autoFocus
          required
          maxLength={longest}
          value={typed}
          onChange={(event) => onType(event.target.value)}
        />
        {typeof state === 'object' && (
          <p role="alert" className="text-danger text-sm">
            It was not {verbs.done}. {state.problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={state === 'sending'}>
            {state === 'sending' ? verbs.doing : verbs.does}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
