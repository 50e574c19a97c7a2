import { ArrowLeft, ArrowRight, Ellipsis, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import type { Column } from './board-model.ts'
import { ColumnDialog } from './column-dialog.tsx'
import { withMoved } from './column-settings.ts'
import { useDesk } from './desk.ts'
import { saveColumns } from './save-columns.ts'

/** What can be done to a column. */
export function ColumnMenu({ column }: { column: Column }) {
  const desk = useDesk()
  const [open, setOpen] = useState(false)
  const [editing, setEditing] = useState(false)
  const columns = desk.setup.columns
  const at = columns.findIndex(({ status }) => status === column.key)
  return (
    <>
      <Menu open={open} onOpenChange={setOpen}>
        <MenuTrigger asChild>
          <IconButton label={`More for the column ${column.title}`} size="sm">
            <Ellipsis />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => setTimeout(() => setEditing(true))}>
            <Settings2 aria-hidden="true" />
            Column settings…
          </MenuItem>
          <MenuItem disabled={at <= 0} onSelect={() => void saveColumns(desk, withMoved(columns, column.key, -1))}>
            <ArrowLeft aria-hidden="true" />
            Move left
          </MenuItem>
          <MenuItem
            disabled={at < 0 || at === columns.length - 1}
            onSelect={() => void saveColumns(desk, withMoved(columns, column.key, 1))}
          >
            <ArrowRight aria-hidden="true" />
            Move right
          </MenuItem>
        </MenuContent>
      </Menu>
      {editing && <ColumnDialog column={column} onClose={() => setEditing(false)} />}
    </>
  )
}
