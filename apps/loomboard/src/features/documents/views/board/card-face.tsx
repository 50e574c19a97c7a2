import { MessageSquare, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { Chip } from '../../components/field-chips.tsx'
import { Status } from '../../components/status.tsx'
import { type FieldSpec, fieldChips } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'

export interface CardFaceProps {
  card: OutlineChunk
  /** Where it stands in the document. */
  place: string
  specs: readonly FieldSpec[]
  /** The fields to be shown; all where none is named. */
  show: readonly string[]
  isDone: boolean
  /** Columns are made of something else. */
  withStatus: boolean
  comments: number
  /** Something of it is not saved before somebody decides about it. */
  isStuck: boolean
  now: number
}

const mostChips = 5
const mostTags = 4
const noSpecs: readonly FieldSpec[] = []

/** What a card says: its title, where it stands, its fields and tags. */
export const CardFace = memo(function CardFace(props: CardFaceProps) {
  const { card, place, specs, show, isDone, withStatus, comments, isStuck, now } = props
  const chips = fieldChips(card.fields, specs ?? noSpecs, { now, done: isDone })
    .filter(({ name }) => show.length === 0 || show.includes(name))
    .slice(0, mostChips)
  const tags = (card.tags ?? []).slice(0, mostTags)
  const hasFoot = chips.length > 0 || tags.length > 0 || comments > 0 || withStatus || isStuck
  return (
    <>
      {place && <p className="truncate text-2xs text-faint coarse:pr-8">{place}</p>}
      <CardTitle isDone={isDone}>{card.title || 'Untitled'}</CardTitle>
      {hasFoot && (
        <div className="-mx-1 mt-1 flex flex-wrap items-center gap-x-0.5 gap-y-0.5">
          {isStuck && (
            <span className="inline-flex items-center gap-1 text-warn text-xs">
              <TriangleAlert aria-hidden="true" className="size-3.5" />
              not saved
            </span>
          )}
          {withStatus && card.status && <Status status={card.status} isDone={isDone} />}
          {chips.map((chip) => (
            <Chip key={chip.name} chip={chip} />
          ))}
          {tags.map((tag) => (
            <span key={tag} className="max-w-32 truncate px-1 text-faint text-xs">
              #{tag}
            </span>
          ))}
          {comments > 0 && (
            <span className="inline-flex items-center gap-1 px-1 text-faint text-xs tabular-nums">
              <MessageSquare aria-hidden="true" className="size-3" />
              {comments}
              <span className="sr-only">{comments === 1 ? 'comment' : 'comments'}</span>
            </span>
          )}
        </div>
      )}
    </>
  )
})

function CardTitle({ isDone, children }: { isDone: boolean; children: string }) {
  return (
    <h3
      dir="auto"
      className={`line-clamp-3 font-medium text-sm coarse:pr-8 [overflow-wrap:anywhere] ${isDone ? 'text-muted' : 'text-text'}`}
    >
      {children}
    </h3>
  )
}
