import { Trash2, X } from 'lucide-react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { useDesk } from './desk.ts'

/** What can be done to all selected cards at once. */
export function SelectionBar() {
  const desk = useDesk()
  const selected = useSelected(desk.hand, (hand) => hand.selected)
  const columns = useSelected(desk.board, (board) => board.columns)
  if (selected.size === 0) return null
  const ids = [...selected]
  return (
    <div
      role="toolbar"
      aria-label="Selected cards"
      className="mx-auto mb-3 flex max-w-full shrink-0 animate-rise items-center gap-2 rounded-xl bg-raised px-3 py-2 text-sm shadow-pop"
    >
      <span className="whitespace-nowrap tabular-nums">{selected.size} selected</span>
      <Select
        aria-label="Move to"
        value=""
        onChange={({ target }) => desk.drop(ids, { column: target.value.slice(1), lane: '' })}
        className="max-w-40"
      >
        <option value="">Move to…</option>
        {columns.map(({ key, title }) => (
          <option key={key} value={`:${key}`}>
            {title}
          </option>
        ))}
      </Select>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          for (const id of ids) desk.props.editing.remove(id)
        }}
      >
        <Trash2 aria-hidden="true" />
        Delete
      </Button>
      <IconButton label="Select nothing" size="sm" onClick={() => desk.clearSelection()}>
        <X />
      </IconButton>
    </div>
  )
}
