import type { BoardColumn } from '@loomcycle/client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { plural } from '../../../../lib/format.ts'
import { useNames } from '../../talk/names.ts'
import type { Column } from './board-model.ts'
import { type Color, colors } from './board-setup.ts'
import { withColumn, withoutColumn } from './column-settings.ts'
import { useDesk } from './desk.ts'
import { saveColumns } from './save-columns.ts'

/** How a column is set up, for everybody. */
export function ColumnDialog({ column, onClose }: { column: Column; onClose: () => void }) {
  const desk = useDesk()
  const { columns } = desk.setup
  const [title, setTitle] = useState(column.title)
  const [color, setColor] = useState<Color>(column.color)
  const [limit, setLimit] = useState(column.limit?.toString() ?? '')
  const [done, setDone] = useState(column.done)
  const [about, setAbout] = useState(column.about ?? '')
  const [agent, setAgent] = useState(column.agent ?? '')
  const { agents } = useNames(desk.props.document.document_id)
  const [isSaving, setSaving] = useState(false)

  async function save(next: readonly BoardColumn[]): Promise<void> {
    setSaving(true)
    const isSaved = await saveColumns(desk, next)
    setSaving(false)
    if (isSaved) onClose()
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    event.stopPropagation()
    const known = columns.find(({ status }) => status === column.key)
    const {
      title: _,
      color: __,
      limit: ___,
      done: ____,
      about: _____,
      agent: ______,
      ...kept
    } = known ?? { status: column.key }
    void save(
      withColumn(columns, {
        ...kept,
        color,
        done,
        ...(title.trim() ? { title: title.trim() } : {}),
        ...(Number(limit) > 0 ? { limit: Number(limit) } : {}),
        ...(about.trim() ? { about: about.trim() } : {}),
        ...(agent ? { agent } : {}),
      }),
    )
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Column ${column.title}`}>
      <form
        onSubmit={submit}
        onKeyDown={(event) => event.stopPropagation()}
        className="flex flex-col gap-4 overflow-y-auto p-4"
      >
        <Field label="Title">
          <Input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <fieldset>
          <legend className="mb-1.5 text-muted text-sm">Colour</legend>
          <div className="flex flex-wrap gap-2">
            {colors.map((each) => (
              <label
                key={each}
                className="flex size-7 cursor-pointer items-center justify-center rounded-full outline-offset-2 outline-ring ring-text has-checked:ring-2 has-focus-visible:outline-2 coarse:size-10"
              >
                <input
                  type="radio"
                  name="color"
                  className="sr-only"
                  aria-label={each}
                  checked={each === color}
                  onChange={() => setColor(each)}
                />
                <span aria-hidden="true" className="size-5 rounded-full" style={{ background: `var(--hue-${each})` }} />
              </label>
            ))}
          </div>
        </fieldset>
        <Field label="Most cards at a time (empty for any number)">
          <Input
            type="number"
            min={1}
            step={1}
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
            className="max-w-32"
          />
        </Field>
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={done}
            onChange={(event) => setDone(event.target.checked)}
            className="size-4 accent-accent"
          />
          What stands here is done
        </label>
        <Field label="What belongs here">
          <Textarea
            rows={2}
            maxLength={2000}
            value={about}
            onChange={(event) => setAbout(event.target.value)}
            className="w-full rounded-md border border-line-strong bg-bg px-2.5 py-1.5 -outline-offset-1"
          />
        </Field>
        <Field label="Agent that starts with each card that comes in">
          <Select value={agent} onChange={(event) => setAgent(event.target.value)} className="max-w-72">
            <option value="">Nobody</option>
            {[...new Set([...agents, ...(agent ? [agent] : [])])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
        <div className="flex flex-wrap items-center gap-2 border-t pt-3">
          {columns.some(({ status }) => status === column.key) && (
            <Button variant="danger" disabled={isSaving} onClick={() => void save(withoutColumn(columns, column.key))}>
              Remove the column
            </Button>
          )}
          <span className="min-w-0 flex-1 text-faint text-xs">
            {column.count > 0 && `${plural(column.count, 'card')} stay on the board, in a column at the end.`}
          </span>
          <Button type="submit" variant="primary" disabled={isSaving}>
            {isSaving ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: its field is inside
    <label className="flex flex-col gap-1.5 text-muted text-sm">
      {label}
      {children}
    </label>
  )
}
