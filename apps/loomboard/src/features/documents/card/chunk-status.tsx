import { type FocusEvent, type KeyboardEvent, useId, useState } from 'react'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { isComposing } from '../../../lib/composing.ts'
import { StatusOptions } from '../components/status-options.tsx'
import type { Statuses } from '../teams/statuses.ts'
import type { EditChunk } from '../use-edit-chunk.ts'

const another = '\u0000another'

/** Where a chunk stands: one of the document's statuses, none, or a new one. */
export function ChunkStatus({ edit, statuses }: { edit: EditChunk; statuses: Statuses }) {
  const [naming, setNaming] = useState(false)
  const status = String(edit.mine('status'))
  if (naming) return <NewStatus edit={edit} statuses={statuses} onDone={() => setNaming(false)} />
  return (
    <Select
      aria-label="Status of this chunk"
      value={status}
      onChange={({ target }) => (target.value === another ? setNaming(true) : edit.set({ status: target.value }))}
      className="max-w-44"
    >
      <StatusOptions choices={statuses.choicesFor(edit.chunk)} value={status} />
      <option value={another} disabled={statuses.refusal(edit.chunk, another) !== undefined}>
        New status…
      </option>
    </Select>
  )
}

/** What is refused stays to be changed, with the reason. */
function NewStatus({ edit, statuses, onDone }: { edit: EditChunk; statuses: Statuses; onDone: () => void }) {
  const [refused, setRefused] = useState<string>()
  const id = useId()

  function name(text: string): void {
    const status = text.trim()
    const refusal = status === '' ? undefined : statuses.refusal(edit.chunk, status)
    if (refusal) {
      setRefused(refusal)
      return
    }
    onDone()
    if (status !== '') edit.set({ status })
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    if (event.key === 'Escape') onDone()
    else name(event.currentTarget.value)
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Input
        aria-label="New status"
        aria-invalid={refused !== undefined}
        aria-describedby={refused && id}
        autoFocus
        maxLength={200}
        placeholder="New status"
        onChange={() => setRefused(undefined)}
        onBlur={(event: FocusEvent<HTMLInputElement>) => (refused ? onDone() : name(event.currentTarget.value))}
        onKeyDown={onKeyDown}
        className="h-8 max-w-40 text-sm"
      />
      {refused && (
        <span id={id} role="alert" className="text-warn text-xs">
          {refused}
        </span>
      )}
    </span>
  )
}
