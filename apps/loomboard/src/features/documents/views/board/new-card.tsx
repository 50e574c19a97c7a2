import { useState } from 'react'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { tabDrafts } from '../../../../lib/browser/tab-drafts.ts'
import { isComposing } from '../../../../lib/composing.ts'
import { describeError } from '../../../../lib/describe-error.ts'
import { placeBelow, placeInside } from '../../writing/place.ts'
import type { Column } from './board-model.ts'
import { type Desk, useDesk } from './desk.ts'
import { cellOf } from './drop.ts'

const draftKey = (documentId: string, column: string) => `loomboard.new-card.${documentId}.${column}`

/** Where a new card is written, and the one after it; what was typed stays until the card is there. */
export function NewCard({ column, lane }: { column: Column; lane: string }) {
  const desk = useDesk()
  const key = draftKey(desk.props.document.document_id, column.key)
  const [title, setTitle] = useState(() => tabDrafts.read(key))
  const [state, setState] = useState<'typing' | 'adding' | { problem: string }>('typing')

  function type(text: string): void {
    setTitle(text)
    tabDrafts.write(key, text)
  }
  async function add(): Promise<void> {
    if (state === 'adding' || title.trim() === '') return
    setState('adding')
    try {
      await desk.props.editing.create(newCard(desk, title.trim(), column.key, lane))
      type('')
      setState('typing')
      desk.say(`“${title.trim()}” added to ${column.title}.`)
      desk.lists.get(column.key)?.bring(Number.MAX_SAFE_INTEGER)
    } catch (error) {
      const { reason, hint } = describeError(error)
      setState({ problem: [reason, hint].filter(Boolean).join(' ') })
    }
  }
  function close(): void {
    const { at } = desk.hand.get()
    desk.take({ adding: undefined })
    if (at) requestAnimationFrame(() => desk.reveal(at))
  }
  return (
    <div className="shrink-0 px-2 pb-2">
      <Textarea
        aria-label={`Title of the new card in ${column.title}`}
        placeholder="Title, then Enter"
        autoFocus
        rows={2}
        maxLength={1000}
        value={title}
        readOnly={state === 'adding'}
        onChange={(event) => type(event.target.value.replaceAll('\n', ' '))}
        onBlur={() => title.trim() === '' && state === 'typing' && desk.take({ adding: undefined })}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Escape') close()
          if (event.key !== 'Enter') return
          event.preventDefault()
          void add()
        }}
        className="w-full rounded-lg border border-line-strong bg-raised px-2.5 py-2 text-sm shadow-card -outline-offset-1"
      />
      {typeof state === 'object' && (
        <p role="alert" className="px-1 pt-1 text-danger text-xs">
          It was not added. {state.problem}
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
