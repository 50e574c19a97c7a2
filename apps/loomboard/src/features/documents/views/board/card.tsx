import { EllipsisVertical } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { actorName } from '../../model/changes.ts'
import { ancestorsOf, type OutlineChunk } from '../../model/outline.ts'
import { RunBadge } from '../../runs/run-badge.tsx'
import { Article } from './article.tsx'
import { CardFace } from './card-face.tsx'
import { CardMenu } from './card-menu.tsx'
import { CardTags } from './card-tags.tsx'
import { CardTitleField } from './card-title.tsx'
import { type Desk, useDesk, useIsStop } from './desk.ts'
import { WaitingLine } from './waiting-line.tsx'

/** So long a card wears the mark of whoever has changed it. */
const freshFor = 6000

export interface CardProps {
  id: string
  /** Its place in its list, from 1. */
  place: number
  count: number
  column: string
}

/** A card on the board. It watches itself, and nothing else of the board. */
export const Card = memo(function Card({ id, place, count, column }: CardProps) {
  const desk = useDesk()
  const card = useSelected(desk.board, ({ cards }) => cards.get(id))
  const isOpen = useSelected(desk.around, ({ selected }) => selected === id)
  const isStop = useIsStop(desk, id)
  const isSelected = useSelected(desk.hand, ({ selected }) => selected.has(id))
  const isLifted = useSelected(desk.hand, ({ dragging }) => dragging === id)
  const isWriting = useSelected(desk.hand, ({ writing }) => writing === id)
  const opened = useSelected(desk.hand, ({ open }) => (open?.id === id ? open.what : undefined))
  const waiting = useSelected(desk.waiting, (all) => all.get(id))
  if (!card) return null

  function onClick(event: MouseEvent): void {
    if ((event.target as Element).closest('button, a, input, textarea, [role="menu"]')) return
    desk.take({ at: id })
    if (event.shiftKey || event.metaKey || event.ctrlKey) desk.toggle(id)
    else desk.props.onOpen(id)
  }
  return (
    <Article
      id={id}
      isHeld={isWriting}
      tabIndex={isStop ? 0 : -1}
      aria-label={labelOf(desk, card, column)}
      aria-posinset={place}
      aria-setsize={count}
      aria-describedby="board-keys"
      onClick={onClick}
      onFocus={() => desk.take({ at: id })}
      onPointerEnter={(event) => event.pointerType === 'mouse' && desk.take({ pointed: id })}
      onPointerLeave={() => desk.take({ pointed: undefined })}
      className={cn(
        'group/card relative cursor-pointer select-none rounded-lg border bg-raised px-2.5 py-2 shadow-card outline-offset-1 [-webkit-touch-callout:none] hover:border-line-strong',
        isSelected && 'border-accent-text bg-accent-soft',
        isLifted && 'opacity-40',
        isOpen && 'border-line-strong',
      )}
    >
      <Mark id={id} />
      {isWriting ? <CardTitleField card={card} onDone={() => done(desk, id)} /> : <Face card={card} />}
      <RunBadge cardId={id} className="mt-1.5 -ml-0.5" />
      {waiting && <WaitingLine id={id} waiting={waiting} />}
      {!isWriting && (
        <IconButton
          label="More for this card"
          size="sm"
          tabIndex={-1}
          onClick={() => desk.take({ at: id, open: { id, what: 'menu' } })}
          className={cn(
            'absolute top-1 right-1 bg-raised opacity-0 focus-visible:opacity-100 group-hover/card:opacity-100 pointer-coarse:opacity-100',
            opened && 'opacity-100',
          )}
        >
          <EllipsisVertical />
        </IconButton>
      )}
      {(opened === 'menu' || opened === 'move') && <CardMenu id={id} what={opened} />}
      {opened === 'tags' && <CardTags card={card} />}
    </Article>
  )
})

function done(desk: Desk, id: string): void {
  if (desk.hand.get().writing !== id) return
  desk.take({ writing: undefined })
  desk.regain(id)
}

const Face = memo(function Face({ card }: { card: OutlineChunk }) {
  const desk = useDesk()
  const now = useNow(60_000)
  return (
    <CardFace
      card={card}
      place={useSelected(desk.around, ({ editing, document }) =>
        placeOf(editing.chunks, document.root_chunk_id, card.id),
      )}
      specs={useSelected(desk.around, ({ types }) => types.get(card.type ?? '') ?? noSpecs)}
      show={useSelected(desk.around, ({ setup }) => setup.show)}
      isDone={useSelected(desk.around, ({ editing }) => editing.isDone(card))}
      withStatus={useSelected(desk.board, ({ group }) => group !== 'status')}
      comments={useSelected(desk.around, ({ editing }) => editing.comments.get(card.id) ?? 0)}
      isStuck={useSelected(desk.around, ({ editing }) => editing.stuck.has(card.id))}
      now={now}
    />
  )
})

const noSpecs: never[] = []

/** The chunks it is in, but for the document's own. */
export function placeOf(chunks: ReadonlyMap<string, OutlineChunk>, rootId: string, id: string): string {
  return ancestorsOf(chunks, id)
    .filter((above) => above.id !== rootId)
    .map(({ title }) => title)
    .join(' › ')
}

/** Title, status, and who has done something to it. */
function labelOf(desk: Desk, card: OutlineChunk, column: string): string {
  const mark = desk.marks.get().get(card.id)
  const status = card.status && desk.board.get().group !== 'status' ? `, ${card.status}` : ''
  const who = mark ? `, changed by ${actorName(mark.actor, desk.props.self)}` : ''
  return `${card.title || 'Untitled'}, ${column}${status}${who}`
}

/** Who has changed it: for a moment by name, then as a dot. */
const Mark = memo(function Mark({ id }: { id: string }) {
  const desk = useDesk()
  const mark = useSelected(desk.marks, (marks) => marks.get(id))
  const self = desk.props.self
  if (!mark) return null
  const name = actorName(mark.actor, self)
  if (name === 'you') return null
  const isFresh = mark.arrived !== undefined && Date.now() - mark.arrived < freshFor
  return (
    <>
      <span title={`Changed by ${name}`} className="absolute top-3 -left-1 size-1.5 rounded-full bg-accent" />
      {isFresh && (
        <span key={mark.arrived} aria-hidden="true" className="worn pointer-events-none absolute inset-0 rounded-lg">
          <span className="absolute -top-2 right-2 max-w-32 truncate rounded-full bg-accent px-1.5 font-medium text-2xs text-on-accent">
            {name}
          </span>
        </span>
      )}
    </>
  )
})
