import { Link } from '@tanstack/react-router'
import { Bookmark, EllipsisVertical } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { cn } from '../../../../lib/cn.ts'
import type { DocumentSearch, ViewId } from '../../model/document-search.ts'
import { isFiltered } from '../../model/filter.ts'
import { isChanged, nameFor, type SavedView, toSettings } from '../../model/saved-views.ts'
import type { EditDocument } from '../../use-edit-document.ts'
import { focusView } from '../focus.ts'
import { NameView } from './name-view.tsx'

export interface SavedViewsProps {
  views: readonly SavedView[]
  /** The one that is open. */
  saved: SavedView | undefined
  /** What the address says, and what holds with the saved view. */
  address: DocumentSearch
  search: DocumentSearch
  view: ViewId
  editing: EditDocument
  onAddress: (search: DocumentSearch) => void
}

/** Ways to see the document that somebody has kept, for everybody; and the way to keep this one. */
export function SavedViews(props: SavedViewsProps) {
  const { views, saved, address, search, view, editing, onAddress } = props
  const [naming, setNaming] = useState<'new' | 'rename'>()
  const changed = saved !== undefined && isChanged(address, saved)
  const { card } = address
  const open = (name: string | undefined): DocumentSearch => ({
    ...(name === undefined ? { view } : { saved: name }),
    ...(card ? { card } : {}),
  })

  async function keep(title: string): Promise<void> {
    const name = nameFor(title, editing.boards.keys())
    const settings = Object.entries(toSettings(search, view)).filter(([, value]) => value !== null)
    await editing.saveBoard(name, Object.fromEntries(settings), title)
    setNaming(undefined)
    onAddress(open(name))
  }
  function saveChanges(): void {
    if (!saved) return
    const fields = Object.entries(toSettings(search, view)).map(([field, value]) => [`fields.${field}`, value])
    editing.edit(saved.id, Object.fromEntries(fields))
    onAddress(open(saved.name))
  }
  return (
    <div className="flex shrink-0 items-center gap-0.5">
      {views.length > 0 && (
        <nav aria-label="Saved views" className="flex gap-0.5 border-l pl-1.5">
          {views.map(({ name, title }) => (
            <Link
              key={name}
              to="."
              search={open(name) as never}
              aria-current={name === saved?.name ? 'page' : undefined}
              className={cn(
                'flex h-8 max-w-48 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm -outline-offset-2 coarse:h-10 [&_svg]:size-3.5 [&_svg]:shrink-0',
                name === saved?.name ? 'bg-hover font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
              )}
            >
              <Bookmark aria-hidden="true" />
              <span className="truncate">{title}</span>
            </Link>
          ))}
        </nav>
      )}
      {address.saved !== undefined && !saved && (
        <p role="status" className="whitespace-nowrap px-1 text-warn text-xs">
          The saved view is not here any more.
        </p>
      )}
      {saved && (
        <SavedMenu
          onRename={() => setNaming('rename')}
          onCopy={() => setNaming('new')}
          onReset={changed ? () => onAddress(open(saved.name)) : undefined}
          onDelete={() => {
            onAddress(open(undefined))
            editing.remove(saved.id)
            focusView()
          }}
        />
      )}
      {changed && (
        <Button size="sm" onClick={saveChanges}>
          Save changes
        </Button>
      )}
      {!saved && isWorthKeeping(address) && (
        <Button size="sm" variant="ghost" onClick={() => setNaming('new')}>
          <Bookmark aria-hidden="true" />
          Save view
        </Button>
      )}
      {naming && (
        <NameView
          title={naming === 'new' ? 'Save this view' : 'Rename the view'}
          description="Everybody who opens the document finds it beside the tabs."
          initial={naming === 'rename' ? (saved?.title ?? '') : ''}
          onName={async (title) => {
            if (naming === 'new' || !saved) return keep(title)
            editing.edit(saved.id, { title })
            setNaming(undefined)
          }}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  )
}

function isWorthKeeping(search: DocumentSearch): boolean {
  const { sort, group, lanes, show, widths } = search
  return isFiltered(search) || [sort, group, lanes, show, widths].some((each) => each !== undefined)
}

function SavedMenu(props: {
  onRename: () => void
  onCopy: () => void
  onReset: (() => void) | undefined
  onDelete: () => void
}) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label="More for this view" size="sm">
          <EllipsisVertical />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="start">
        {props.onReset && <MenuItem onSelect={props.onReset}>Back to what is saved</MenuItem>}
        <MenuItem onSelect={() => setTimeout(props.onRename)}>Rename</MenuItem>
        <MenuItem onSelect={() => setTimeout(props.onCopy)}>Save as a new view</MenuItem>
        <MenuItem danger onSelect={props.onDelete}>
          Delete the view
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
