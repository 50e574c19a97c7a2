import { useRef, useState } from 'react'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { tabDrafts } from '../../../../lib/browser/tab-drafts.ts'
import { isComposing } from '../../../../lib/composing.ts'
import { describeError } from '../../../../lib/describe-error.ts'
import { placeBelow, placeInside } from '../../writing/place.ts'
import type { Column } from './board-model.ts'
import { type Desk, useDesk } from './desk.ts'
import { cellOf } from './drop.ts'

const draftKey = (documentId: string, column: string) => `loomboard.new-card.${documentId}.${column}`

/**
 * Where a new card is written, and the one after it, also while the first is on its way; what was typed stays until the
 * card is there.
 */
export function NewCard({ column, lane }: { column: Column; lane: string }) {
  const desk = useDesk()
  const key = draftKey(desk.props.document.document_id, column.key)
  const [title, setTitle] = useState(() => tabDrafts.read(key))
  const [problem, setProblem] = useState<string>()
  const typed = useRef(title)
  /** Titles that are on their way, and the way of the last of them. */
  const sending = useRef<string[]>([])
  const last = useRef(Promise.resolve())

  function type(text: string): void {
    typed.current = text
    setTitle(text)
    keep()
  }
  function keep(): void {
    tabDrafts.write(key, [...sending.current, typed.current].filter(Boolean).join(' '))
  }
  function add(): void {
    const said = title.trim()
    if (said === '') return
    setProblem(undefined)
    sending.current.push(said)
    type('')
    // One after the other, since each comes below the one before.
    last.current = last.current.then(() => make(said))
  }
  async function make(said: string): Promise<void> {
    try {
      await desk.props.editing.create(newCard(desk, said, column.key, lane))
      sending.current.shift()
      keep()
      desk.say(`“${said}” added to ${column.title}.`)
      desk.lists.get(column.key)?.bring(Number.MAX_SAFE_INTEGER)
    } catch (error) {
      const { reason, hint } = describeError(error)
      setProblem([reason, hint].filter(Boolean).join(' '))
      sending.current.shift()
      type([said, typed.current].filter(Boolean).join(' '))
    }
  }
  function close(): void {
    const { at } = desk.hand.get()
    desk.take({ adding: undefined })
    if (at) desk.regain(at)
  }
  return (
    <div className="shrink-0 px-2 pb-2">
      <Textarea
        aria-label={`Title of the new card in ${column.title}`}
        placeholder="Title, then Enter"
        autoFocus
        rows={2}
        maxLength={1000}
        enterKeyHint="done"
        value={title}
        onChange={(event) => type(event.target.value.replaceAll('\n', ' '))}
        onBlur={() =>
          title.trim() === '' && sending.current.length === 0 && !problem && desk.take({ adding: undefined })
        }
        onKeyDown={(event) => {
          event.stopPropagation()
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Escape') close()
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
        className="w-full rounded-lg border border-line-strong bg-raised px-2.5 py-2 text-sm shadow-card -outline-offset-1"
      />
      {problem && (
        <p role="alert" className="px-1 pt-1 text-danger text-xs">
          It was not added. {problem}
        </p>
      )}
    </div>
  )
}

/**
 * Beside the last card of its column, and of the same type, unless that takes more than a title; where the column is
 * empty, at the end of the document.
 */
function newCard(desk: Desk, title: string, column: string, lane: string) {
  const board = desk.board.get()
  const { editing, document } = desk.props
  const last = cellOf(board, column, lane).at(-1)
  const type = desk.card(last ?? '')?.type
  const to = last ? placeBelow(editing.chunks, last) : placeInside(editing.chunks, document.root_chunk_id)
  const content: Record<string, unknown> = {}
  const fields: Record<string, unknown> = {}
  for (const [by, value] of [
    [board.group, column],
    [board.lanesBy, lane],
  ] as const) {
    if (!by || value === '') continue
    if (by === 'status' || by === 'type') content[by] = value
    else fields[by.slice('field:'.length)] = value
  }
  const isEnough = (desk.props.types.get(type ?? '') ?? []).every(({ name, required }) => !required || name in fields)
  if (type && isEnough) content.type ??= type
  // A card has a status, also where columns are made of something else.
  if (board.group !== 'status' && content.status === undefined) {
    const first = desk.setup.columns[0]?.status
    if (first) content.status = first
  }
  return { title, to, content: { ...content, ...(Object.keys(fields).length > 0 ? { fields } : {}) } }
}
