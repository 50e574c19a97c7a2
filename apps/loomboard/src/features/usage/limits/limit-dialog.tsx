import type { LimitScope, TokenLimit } from '@loomcycle/client'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { describeError } from '../../../lib/describe-error.ts'
import { parseTokens, whoseInWords } from '../model/limits.ts'
import { saveLimit } from '../queries.ts'

const scopeWords: Record<LimitScope, string> = {
  user: 'One person',
  tenant: 'Everybody of this tenant',
  operator: 'The whole runtime',
}

const shown = (tokens: number | undefined) => (tokens === undefined ? '' : String(tokens))

export interface LimitDialogProps {
  scopes: readonly LimitScope[]
  /** The one to be changed; a new one without. */
  limit: TokenLimit | undefined
  onClose: () => void
}

export function LimitDialog({ scopes, limit, onClose }: LimitDialogProps) {
  const [scope, setScope] = useState<LimitScope>(limit?.scope ?? scopes[0]!)
  const [person, setPerson] = useState(limit?.scope_id ?? '')
  const [soft, setSoft] = useState(shown(limit?.soft_limit))
  const [hard, setHard] = useState(shown(limit?.hard_limit))
  const problem = problemOf(soft, hard)
  const save = useMutation({
    mutationFn: () =>
      saveLimit({
        scope,
        ...(scope === 'user' && { scope_id: person.trim() }),
        ...(limit?.tenant_id && { tenant_id: limit.tenant_id }),
        ...(soft.trim() && { soft_limit: parseTokens(soft)! }),
        ...(hard.trim() && { hard_limit: parseTokens(hard)! }),
      }),
    onSuccess: onClose,
  })
  const id = useId()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={limit ? `Limit of ${whoseInWords(limit)}` : 'New limit'}
      description="Tokens of a calendar month, in UTC: those read anew or kept in a cache, and those written. What is read from a cache does not count."
    >
      <form
        className="flex flex-col gap-3 overflow-y-auto p-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending && !problem) save.mutate()
        }}
      >
        {!limit && (
          <div>
            <label htmlFor={`${id}-scope`} className="mb-1 block font-medium text-sm">
              Whose
            </label>
            <Select id={`${id}-scope`} value={scope} onChange={({ target }) => setScope(target.value as LimitScope)}>
              {scopes.map((one) => (
                <option key={one} value={one}>
                  {scopeWords[one]}
                </option>
              ))}
            </Select>
          </div>
        )}
        {!limit && scope === 'user' && (
          <div>
            <label htmlFor={`${id}-person`} className="mb-1 block font-medium text-sm">
              Who, by the name that they are signed in with
            </label>
            <Input
              id={`${id}-person`}
              required
              autoCapitalize="none"
              spellCheck={false}
              value={person}
              onChange={({ target }) => setPerson(target.value)}
            />
          </div>
        )}
        <Tokens
          id={`${id}-soft`}
          label="Say so from"
          hint="Runs go on, and say that it is reached."
          value={soft}
          onChange={setSoft}
        />
        <Tokens
          id={`${id}-hard`}
          label="Stop at"
          hint="No model is called any more, until the month is over."
          value={hard}
          onChange={setHard}
        />
        {problem && (soft || hard) && <p className="text-sm text-warn">{problem}</p>}
        {save.error && (
          <p role="alert" className="text-danger text-sm">
            It was not set. {describeError(save.error).reason}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={save.isPending || problem !== undefined}>
            {save.isPending ? 'Setting…' : 'Set it'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Why it cannot be set so. */
function problemOf(soft: string, hard: string): string | undefined {
  const [low, high] = [soft, hard].map((text) => (text.trim() ? parseTokens(text) : null))
  if (low === undefined || high === undefined) return 'Write a number of tokens, as 500000, 500k or 1.5M.'
  if (low === null && high === null) return 'One of both is needed.'
  return low != null && high != null && low > high ? 'It would stop before it says so.' : undefined
}

function Tokens(props: { id: string; label: string; hint: string; value: string; onChange: (text: string) => void }) {
  const { id, label, hint, value, onChange } = props
  return (
    <div>
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <p id={`${id}-hint`} className="mb-1 text-muted text-xs">
        {hint}
      </p>
      <span className="flex items-center gap-2">
        <Input
          id={id}
          aria-describedby={`${id}-hint`}
          placeholder="none"
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className="max-w-40 tabular-nums"
        />
        <span className="text-muted text-sm">tokens</span>
      </span>
    </div>
  )
}
