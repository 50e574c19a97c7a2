import { FolderInput, PenLine, Tag, Trash2, X } from 'lucide-react'
import { memo, type ReactNode, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Popover } from '../../../components/ui/popover.tsx'
import { plural } from '../../../lib/format.ts'
import { toast } from '../../../lib/toast.ts'
import { ChoiceList } from '../components/filter/choice-list.tsx'
import { LinkChoice } from '../components/filter/link-choice.tsx'
import { focusView } from '../components/focus.ts'
import { ancestorsOf, countBy, type OutlineChunk } from '../model/outline.ts'
import { inDocumentOrder } from '../model/sort.ts'
import type { ViewProps } from '../views/view.ts'
import { columnsOf } from '../writing/card-move.ts'
import { type Changes, countOf, settingAll, settingStatus, taggingAll } from './bulk-changes.ts'
import { BulkProgress } from './bulk-progress.tsx'
import { FieldSetter } from './field-setter.tsx'
import { nothing } from './selection.ts'
import { useSelection } from './use-selection.ts'

type BulkBarProps = Pick<ViewProps, 'document' | 'editing' | 'types' | 'statuses' | 'onOpen'>

/** What can be done to everything that is selected, over the end of the view; and how far that has come. */
export const BulkBar = memo(function BulkBar(props: BulkBarProps) {
  const { document, editing, onOpen } = props
  const { selection, select } = useSelection(document.document_id, editing.chunks)
  const chosen = [...selection.ids].flatMap((id) => editing.chunks.get(id) ?? [])
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-30 flex flex-col items-center gap-2 px-3">
      <BulkProgress documentId={document.document_id} editing={editing} onOpen={onOpen} />
      {chosen.length > 0 && (
        <section
          aria-label="Selected chunks"
          className="pointer-events-auto flex max-w-full animate-rise flex-wrap items-center gap-0.5 rounded-xl bg-raised p-1 pl-3 shadow-pop"
        >
          <span role="status" className="pr-1 text-sm tabular-nums">
            {chosen.length} selected
          </span>
          <Actions {...props} chosen={chosen} />
          <IconButton
            label="Select nothing"
            onClick={() => {
              select(() => nothing)
              focusView()
            }}
          >
            <X />
          </IconButton>
        </section>
      )}
    </div>
  )
})

function Actions({ document, editing, types, statuses, chosen }: BulkBarProps & { chosen: readonly OutlineChunk[] }) {
  const { chunks } = editing
  const apply = ({ changes, label }: Changes) => changes.length > 0 && editing.editAll(changes, label)
  function setStatus(status: string): void {
    const { changes, label, refused } = settingStatus(inColumns(chunks, chosen), status, statuses)
    const moved = plural(changes.length, 'chunk')
    if (refused) toast.info(refused, changes.length > 0 ? `${moved} changed, the others stay.` : undefined)
    if (changes.length === 0) return
    editing.moveCards(
      changes.map(({ id }) => id),
      status,
      label,
    )
  }
  const everybodyHas = (key: 'status' | 'tags') =>
    [...countOf(chosen, key)].flatMap(([value, count]) => (count === chosen.length ? [value] : []))
  const titled = plural(chosen.length, 'chunk')
  return (
    <>
      <Action icon={<PenLine aria-hidden="true" />} label="Status" title={`Status of ${titled}`}>
        {(close) => (
          <ChoiceList
            label="status"
            choices={statuses
              .choicesForAll(chosen)
              .map(({ status, label, refused }) => ({ value: status, label, refused }))}
            chosen={everybodyHas('status')}
            onToggle={(status) => {
              setStatus(status)
              close()
            }}
          />
        )}
      </Action>
      <Action icon={<PenLine aria-hidden="true" />} label="Field" title={`A field of ${titled}`}>
        {(close) => (
          <FieldSetter
            chosen={chosen}
            types={types}
            onSet={(key, value) => {
              apply(settingAll(chosen, key, value))
              close()
            }}
          />
        )}
      </Action>
      <Action icon={<Tag aria-hidden="true" />} label="Tags" title={`Tags of ${titled}`}>
        {() => (
          <ChoiceList
            label="tags"
            choices={countBy(chunks, ({ tags = [] }) => tags).map(({ value }) => ({ value, label: value }))}
            chosen={everybodyHas('tags')}
            onToggle={(tag) => apply(taggingAll(chosen, tag, !everybodyHas('tags').includes(tag)))}
            onAdd={(tag) => apply(taggingAll(chosen, tag, true))}
          />
        )}
      </Action>
      <Action icon={<FolderInput aria-hidden="true" />} label="Move" title={`Move ${titled} into another chunk`}>
        {(close) => (
          <LinkChoice
            chunks={placesFor(chunks, chosen)}
            chosen={undefined}
            onChoose={(id) => {
              editing.moveAll(inOrder(chunks, chosen), id)
              close()
            }}
          />
        )}
      </Action>
      <Button
        size="sm"
        variant="ghost"
        className="text-danger hover:text-danger"
        onClick={() => {
          editing.removeAll(inOrder(chunks, chosen).filter((id) => id !== document.root_chunk_id))
          focusView()
        }}
      >
        <Trash2 aria-hidden="true" />
        <span className="max-md:sr-only">Delete</span>
      </Button>
    </>
  )
}

function Action(props: { icon: ReactNode; label: string; title: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={props.title}
      trigger={
        <Button size="sm" variant="ghost">
          {props.icon}
          <span className="max-md:sr-only">{props.label}</span>
        </Button>
      }
    >
      {open && props.children(() => setOpen(false))}
    </Popover>
  )
}

/** As they stand in the document. */
function inOrder(chunks: ReadonlyMap<string, OutlineChunk>, chosen: readonly OutlineChunk[]): string[] {
  const ids = new Set(chosen.map(({ id }) => id))
  return inDocumentOrder(chunks).flatMap(({ id }) => (ids.has(id) ? [id] : []))
}

/** Column by column, in the order of each. */
function inColumns(chunks: ReadonlyMap<string, OutlineChunk>, chosen: readonly OutlineChunk[]): OutlineChunk[] {
  const ids = inOrder(chunks, chosen)
  const wanted = new Set(ids)
  const all = [...columnsOf(chunks, ids).values()].flat()
  return all.flatMap((id) => (wanted.has(id) ? (chunks.get(id) ?? []) : []))
}

/** Nothing goes into itself, or into what is in it. */
function placesFor(chunks: ReadonlyMap<string, OutlineChunk>, chosen: readonly OutlineChunk[]) {
  const moved = new Set(chosen.map(({ id }) => id))
  const isInside = (id: string) => moved.has(id) || ancestorsOf(chunks, id).some((above) => moved.has(above.id))
  return new Map([...chunks].filter(([id]) => !isInside(id)))
}
