import {
  ArrowDownToLine,
  ArrowUpToLine,
  Check,
  Link2,
  PanelRight,
  Pencil,
  SquareCheck,
  Tag,
  Trash2,
} from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { reference } from '../../../../components/documents/address.ts'
import { Menu, MenuContent, MenuItem } from '../../../../components/ui/dropdown-menu.tsx'
import { toast } from '../../../../lib/toast.ts'
import { useCardRuns } from '../../runs/card-runs.ts'
import { reverting } from '../../runs/reverting.ts'
import { RunItems } from '../../runs/run-menu.tsx'
import { asking } from '../../talk/ask.ts'
import { TalkItems } from '../../talk/talk-items.tsx'
import { wantsComment } from '../../talk/wants-comment.ts'
import { sending } from '../../teams/running.ts'
import { TeamItems } from '../../teams/team-items.tsx'
import { ColumnDot } from './column-dot.tsx'
import { comment } from './comment.ts'
import { type Opened, useDesk } from './desk.ts'
import { cellOf, overAt, refusalOf } from './drop.ts'

/** What can be done to a card: everything, or only where it may go. */
export function CardMenu({ id, what }: { id: string; what: Opened }) {
  const desk = useDesk()
  const board = desk.board.get()
  const place = board.places.get(id)
  const { editing, document } = desk.props
  const cell = place ? cellOf(board, place.column, place.lane) : []
  const title = desk.card(id)?.title ?? ''
  const runs = useCardRuns(id)

  function close(): void {
    desk.take({ open: undefined })
  }
  function put(index: number): void {
    if (place) desk.drop([id], overAt(board, id, place.column, place.lane, index))
  }
  function copy(): void {
    const { document_id, title: name, paths } = document
    const text = reference({ id: document_id, title: name, path: paths[0] }, { id, title })
    void navigator.clipboard.writeText(text).then(
      () => toast.info('Copied', text),
      (error) => toast.error('It could not be copied', error),
    )
  }
  return (
    <Menu open onOpenChange={(open) => !open && close()}>
      <Radix.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none absolute top-1 right-1 size-6" />
      </Radix.Trigger>
      <MenuContent
        align="start"
        side="right"
        aria-label={what === 'move' ? `Move “${title}” to` : `More for “${title}”`}
        className="max-h-[70vh] max-w-72 overflow-y-auto"
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          const { writing, open } = desk.hand.get()
          if (
            writing === undefined &&
            open === undefined &&
            wantsComment.get() !== id &&
            asking.get() === undefined &&
            sending.get() === undefined &&
            reverting.get() === undefined
          )
            desk.reveal(id)
        }}
        onKeyDown={(event) => event.stopPropagation()}
      >
        {what === 'menu' && (
          <>
            <MenuItem onSelect={() => desk.props.onOpen(id)}>
              <PanelRight aria-hidden="true" />
              Open
            </MenuItem>
            <MenuItem onSelect={() => desk.take({ writing: id })}>
              <Pencil aria-hidden="true" />
              Edit the title
            </MenuItem>
            <MenuItem onSelect={() => setTimeout(() => desk.take({ open: { id, what: 'tags' } }))}>
              <Tag aria-hidden="true" />
              Tags…
            </MenuItem>
            <TalkItems cardId={id} onComment={() => comment(desk, id)} />
            <TeamItems documentId={document.document_id} cardId={id} />
            <RunItems runs={runs} />
            <MenuItem onSelect={() => desk.toggle(id)}>
              <SquareCheck aria-hidden="true" />
              {desk.hand.get().selected.has(id) ? 'Unselect' : 'Select'}
            </MenuItem>
            {board.isRanked && cell.length > 1 && (
              <>
                <MenuItem disabled={cell[0] === id} onSelect={() => put(0)}>
                  <ArrowUpToLine aria-hidden="true" />
                  To the top
                </MenuItem>
                <MenuItem disabled={cell.at(-1) === id} onSelect={() => put(cell.length)}>
                  <ArrowDownToLine aria-hidden="true" />
                  To the bottom
                </MenuItem>
              </>
            )}
            <MenuItem onSelect={copy}>
              <Link2 aria-hidden="true" />
              Copy a reference
            </MenuItem>
          </>
        )}
        <MoveItems id={id} />
        {what === 'menu' && (
          <>
            <Radix.Separator className="my-1 h-px bg-line" />
            <MenuItem danger onSelect={() => editing.remove(id)}>
              <Trash2 aria-hidden="true" />
              Delete
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  )
}

/** Where a card may go, and then where it may not and why. */
function MoveItems({ id }: { id: string }) {
  const desk = useDesk()
  const board = desk.board.get()
  const from = board.places.get(id)?.column
  const columns = board.columns.map((column) => ({ column, refused: refusalOf(board, id, column) }))
  const inOrder = [...columns.filter(({ refused }) => !refused), ...columns.filter(({ refused }) => refused)]
  return (
    <>
      <Radix.Label className="px-2 pt-1.5 pb-1 text-2xs text-faint">Move to</Radix.Label>
      {inOrder.map(({ column, refused }) => (
        <MenuItem
          key={column.key}
          disabled={refused !== undefined || column.key === from}
          onSelect={() => desk.moveTo(id, column.key)}
        >
          <ColumnDot color={column.color} />
          <span className="min-w-0 flex-1">
            <span className="block truncate">{column.title}</span>
            {refused && <span className="block text-faint text-xs">{refused}</span>}
          </span>
          {column.key === from && <Check aria-label="It is here" />}
        </MenuItem>
      ))}
    </>
  )
}
