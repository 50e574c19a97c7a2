import { useState } from 'react'
import { mostOptions } from '../../../components/first-of.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { isComposing } from '../../../lib/composing.ts'
import type { EditChunk } from '../use-edit-chunk.ts'

const another = '\u0000another'

/** Where a chunk stands: one of the document's statuses, none, or a new one. */
export function ChunkStatus({ edit, statuses }: { edit: EditChunk; statuses: readonly string[] }) {
  const [naming, setNaming] = useState(false)
  const status = String(edit.mine('status'))
  const offered = statuses.slice(0, mostOptions)
  const known = status === '' || offered.includes(status) ? offered : [...offered, status]

  function name(text: string): void {
    setNaming(false)
    if (text.trim() !== '') edit.set({ status: text.trim() })
  }
  if (naming) {
    return (
      <Input
        aria-label="New status"
        autoFocus
        maxLength={200}
        placeholder="New status"
        onBlur={(event) => name(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'Escape')) return
          event.preventDefault()
          if (event.key === 'Escape') event.currentTarget.value = ''
          name(event.currentTarget.value)
        }}
        className="h-8 max-w-40 text-sm"
      />
    )
  }
  return (
    <Select
      aria-label="Status of this chunk"
      value={status}
      onChange={({ target }) => (target.value === another ? setNaming(true) : edit.set({ status: target.value }))}
      className="max-w-44"
    >
      <option value="">No status</option>
      {known.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
      <option value={another}>New status…</option>
    </Select>
  )
}
