import { ArrowDown, ArrowUp, Ellipsis, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'

interface RowMenuProps {
  label: string
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
  onRemove: () => void
  /** What can be done besides. */
  children?: ReactNode
}

export function RowMenu({ label, onUp, onDown, onRemove, children }: RowMenuProps) {
  const [open, setOpen] = useState(false)
  return (
    <Menu open={open} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <IconButton label={label} data-tip="Actions" size="sm">
          <Ellipsis />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        {children}
        {onUp && (
          <MenuItem onSelect={onUp}>
            <ArrowUp /> Move up
          </MenuItem>
        )}
        {onDown && (
          <MenuItem onSelect={onDown}>
            <ArrowDown /> Move down
          </MenuItem>
        )}
        <MenuItem danger onSelect={onRemove}>
          <Trash2 /> Take out
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
