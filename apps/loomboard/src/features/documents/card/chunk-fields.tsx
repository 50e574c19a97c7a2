import { ExternalLink } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { mostOptions, useFirst } from '../../../components/first-of.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { cn } from '../../../lib/cn.ts'
import { inWords } from '../../../lib/json-text.ts'
import { fromClock, toClock } from '../model/dates.ts'
import type { IsDone } from '../model/done.ts'
import { type FieldChip, type FieldSpec, fieldChips } from '../model/field-chips.ts'
import type { EditChunk } from '../use-edit-chunk.ts'

const mostFields = 100

/** The fields of a chunk by their kinds: those that its type has, and whatever else is there. */
export function ChunkFields(props: { edit: EditChunk; specs: readonly FieldSpec[]; isDone: IsDone; now: number }) {
  const { edit, specs, isDone, now } = props
  const { fields = {} } = edit.chunk
  const declared = new Set(specs.map(({ name }) => name))
  const others = useOthers(edit.chunk.id, fields).filter(({ name }) => !declared.has(name))
  const all = [...specs, ...others]
  const { first, more } = useFirst(all, mostFields, edit.chunk.id)
  const chips = new Map(fieldChips(fields, specs, { now, done: isDone(edit.chunk) }).map((chip) => [chip.name, chip]))
  if (all.length === 0) return null
  return (
    <div className="mt-3 grid grid-cols-[minmax(4rem,max-content)_minmax(0,1fr)] items-center gap-x-4 gap-y-1 text-sm">
      {first.map((spec) => (
        <Field key={spec.name} edit={edit} spec={spec} chip={chips.get(spec.name)} />
      ))}
      {more && <div className="col-span-2">{more}</div>}
    </div>
  )
}

/** What is emptied stays as it was until one looks at another chunk: whoever empties an input is about to type in it. */
function useOthers(chunkId: string, fields: Record<string, unknown>): FieldSpec[] {
  const seen = useRef({ chunkId, specs: new Map<string, FieldSpec>() })
  if (seen.current.chunkId !== chunkId) seen.current = { chunkId, specs: new Map() }
  const { specs } = seen.current
  for (const name of Object.keys(fields)) {
    if (!specs.has(name)) specs.set(name, { name, kind: kindOf(fields[name]), options: [] })
  }
  return [...specs.values()]
}

/** What nobody has declared is edited as what it is; lists and objects are shown. */
function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return 'checkbox'
  if (typeof value === 'number') return 'number'
  return typeof value === 'object' && value !== null ? 'shown' : 'text'
}

const quiet = 'h-8 border-transparent bg-transparent px-2 text-sm hover:border-line-strong focus:bg-bg coarse:h-10'

function Field({ edit, spec, chip }: { edit: EditChunk; spec: FieldSpec; chip: FieldChip | undefined }) {
  const id = useId()
  const name = spec.name.replaceAll('_', ' ')
  return (
    <>
      <label htmlFor={id} className="text-faint">
        {name}
        {chip?.overdue && <span className="ml-1.5 text-danger text-xs">overdue</span>}
      </label>
      <div className="flex min-w-0 items-center">
        <Control id={id} edit={edit} spec={spec} />
        {chip?.href && (
          <a
            href={chip.href}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={chip.text}
            data-tip={chip.text}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-accent-text hover:bg-hover coarse:size-10 [&_svg]:size-4"
          >
            <ExternalLink aria-hidden="true" />
          </a>
        )}
      </div>
    </>
  )
}

interface DateInputProps {
  id: string
  onBlur: () => void
  text: string
  onText: (text: string | null) => void
}

/** A day, or a moment on one's own clock; what is neither, as other programs may write it, is a text. */
function DateInput({ text, onText, ...field }: DateInputProps) {
  // Half a moment is none yet, and its field stays what it is meanwhile.
  const [before, setBefore] = useState(text)
  if (text !== '' && text !== before) setBefore(text)
  const isMoment = toClock(before) !== undefined
  const isText = !isMoment && before.includes('T')
  return (
    <Input
      {...field}
      className={cn(quiet, !isText && (isMoment ? 'max-w-56' : 'max-w-40'))}
      type={isMoment ? 'datetime-local' : isText ? 'text' : 'date'}
      value={isMoment ? (toClock(text) ?? '') : text}
      onChange={({ target: { value } }) => onText(isMoment && value ? fromClock(value, before) : value || null)}
    />
  )
}

function Control({ id, edit, spec: { name, kind, options } }: { id: string; edit: EditChunk; spec: FieldSpec }) {
  const key = `fields.${name}` as const
  const value = edit.mine(key)
  const set = (next: unknown) => edit.set({ [key]: next })
  // Half a number or half an address is none; a day is picked whole, and an empty one may be half typed.
  const type = (next: unknown) =>
    edit.type({ [key]: next }, { untilFlush: kind !== 'text' && (kind !== 'date' || next === null) })
  const text = value === null ? '' : inWords(value)
  const field = { id, onBlur: edit.flush, className: quiet }
  switch (kind === 'select' && options.length > mostOptions ? 'text' : kind) {
    case 'checkbox':
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => set(event.target.checked)}
          className="mx-2 size-4 accent-(--accent) coarse:size-6"
        />
      )
    case 'select':
      return (
        <Select id={id} value={text} onChange={(event) => set(event.target.value || null)} className="max-w-full px-2">
          <option value="">None</option>
          {[...new Set([...options, ...(text ? [text] : [])])].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
      )
    case 'number':
      return (
        <Input
          {...field}
          type="number"
          step="any"
          value={text}
          onChange={({ target }) => {
            // Half a number is not none: the field says what it is not, and what was there stays.
            if (!target.validity.badInput) type(target.value === '' ? null : target.valueAsNumber)
          }}
        />
      )
    case 'date':
      return <DateInput {...field} text={text} onText={type} />
    case 'shown':
      return (
        <output id={id} className="px-2 [overflow-wrap:anywhere]">
          {text}
        </output>
      )
    default:
      return (
        <Input
          {...field}
          type={kind === 'url' ? 'url' : 'text'}
          value={text}
          onChange={({ target }) => type(target.value || null)}
        />
      )
  }
}
