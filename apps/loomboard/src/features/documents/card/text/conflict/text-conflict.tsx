import { useRef, useState } from 'react'
import { Button } from '../../../../../components/ui/button.tsx'
import { Kbd } from '../../../../../components/ui/kbd.tsx'
import { plural } from '../../../../../lib/format.ts'
import { actorName } from '../../../model/changes.ts'
import type { EditChunk } from '../../../use-edit-chunk.ts'
import type { Known } from '../../../writing/chunk-edit.ts'
import type { Choice, Piece } from '../../../writing/merge/merge-text.ts'
import { ComparedWords } from './compared-words.tsx'
import { type DisputedPlace, disputedIn } from './places.ts'
import { isTyping, useKeepPlace } from './use-keep-place.ts'

export interface TextConflictProps {
  edit: EditChunk
  pieces: readonly Piece[]
  theirs: Known
  self: string | undefined
  /** Goes to a place of the text below. */
  onShow: (at: number) => void
  /** All is decided. */
  onDecided: () => void
}

const keys: Record<string, Choice> = { m: 'mine', t: 'theirs', b: 'both' }

/** Where two have written the same: theirs and mine side by side, above the text as it will be. */
export function TextConflict({ edit, pieces, theirs, self, onShow, onDecided }: TextConflictProps) {
  const section = useRef<HTMLElement>(null)
  useKeepPlace(section)
  // Whoever is typing is not disturbed by a page that makes room for both.
  const [isWide, setWide] = useState(() => !isTyping())
  // A button that gives way between press and release has not been pressed.
  const isPressed = useRef(false)
  const release = () => {
    isPressed.current = false
  }
  const places = disputedIn(pieces)
  const who = theirs.updated_by ? actorName(theirs.updated_by, self) : 'Somebody else'
  // In another tab, or on another device: nobody else is there to be spoken of.
  const isOwn = who === 'you'
  const words = isOwn
    ? { theirs: 'Saved elsewhere', mine: 'Written here', keep: 'Keep what is here', take: 'Take what is saved' }
    : { theirs: `${who}’s`, mine: 'Yours', keep: 'Keep mine', take: 'Take theirs' }

  const groups = () => [...(section.current?.querySelectorAll<HTMLElement>('[role="group"]') ?? [])]
  function decide(conflict: number, choice: Choice): void {
    edit.decide(conflict, choice)
    requestAnimationFrame(() => {
      const left = groups()
      const next = left[Math.min(conflict, left.length - 1)]
      if (next) next.focus()
      else onDecided()
    })
  }
  function decideAll(how: (keys: readonly ['body']) => void): void {
    how(['body'])
    requestAnimationFrame(onDecided)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: whoever comes by key brings the focus along
    <section
      ref={section}
      aria-label="Two versions of the text"
      data-wide={isWide || undefined}
      onPointerDown={() => {
        isPressed.current = true
      }}
      onPointerUp={release}
      onPointerLeave={release}
      onClick={() => setWide(true)}
      onFocus={() => {
        if (!isPressed.current) setWide(true)
      }}
      className="@container mb-3 rounded-lg border border-warn-line bg-surface text-sm"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-warn-line bg-warn-soft px-3 py-2">
        <p role="alert" className="min-w-0 flex-1 basis-60">
          <span className="font-medium text-warn">
            {isOwn ? 'You have' : `${who} has`} changed the same text{isOwn && ' elsewhere'}.
          </span>{' '}
          {plural(places.length, 'place differs', 'places differ')}; what you have written is kept, and is below as it
          will be.
        </p>
        {places.length > 1 && (
          <span className="flex gap-1">
            <Button size="sm" variant="ghost" onClick={() => decideAll(edit.takeTheirs)}>
              {words.take}, everywhere
            </Button>
            <Button size="sm" variant="ghost" onClick={() => decideAll(edit.keepMine)}>
              {words.keep}, everywhere
            </Button>
          </span>
        )}
      </div>
      <ol className="divide-y overflow-y-auto lg:max-h-[60vh]">
        {places.map((place, i) => (
          <li key={i}>
            <Place
              place={place}
              name={`Place ${i + 1} of ${places.length}`}
              words={words}
              onStep={(by) => groups()[i + by]?.focus()}
              onShow={() => onShow(place.from)}
              onDecide={(choice) => decide(i, choice)}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface PlaceProps {
  place: DisputedPlace
  name: string
  words: { theirs: string; mine: string; keep: string; take: string }
  onStep: (by: 1 | -1) => void
  onShow: () => void
  onDecide: (choice: Choice) => void
}

function Place({ place, name, words, onStep, onShow, onDecide }: PlaceProps) {
  const { base, mine, theirs, under } = place
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      role="group"
      aria-label={under ? `${name}, under “${under}”` : name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one goes from place to place with the arrows, and decides by a letter
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
        const choice = keys[event.key.toLowerCase()]
        if (choice) onDecide(choice)
        else if (event.key === 'ArrowDown') onStep(1)
        else if (event.key === 'ArrowUp') onStep(-1)
        else if (event.key === 'Enter') onShow()
        else return
        event.preventDefault()
      }}
      className="px-3 py-2.5 -outline-offset-2"
    >
      <div className="mb-1.5 flex items-baseline gap-2 text-faint text-xs">
        <span>{name}</span>
        {under && <span className="min-w-0 truncate">under “{under}”</span>}
      </div>
      <div className="grid gap-2 @lg:grid-cols-2">
        <div className="min-w-0 rounded-md border bg-bg px-2.5 py-2">
          <p className="mb-1 font-medium text-muted text-xs">{words.theirs}</p>
          <ComparedWords text={theirs} other={mine} side="theirs" />
        </div>
        <div className="min-w-0 rounded-md border bg-bg px-2.5 py-2">
          <p className="mb-1 font-medium text-muted text-xs">{words.mine}</p>
          <ComparedWords text={mine} other={theirs} side="mine" />
        </div>
      </div>
      {base.trim() !== '' && (
        <details className="mt-1.5 text-xs">
          <summary className="w-fit text-faint coarse:py-2">What it was before</summary>
          <p dir="auto" className="mt-1 whitespace-pre-wrap font-mono text-muted leading-5 [overflow-wrap:anywhere]">
            {base.trimEnd()}
          </p>
        </details>
      )}
      <div className="mt-2 flex flex-wrap gap-1.5">
        <Button size="sm" onClick={() => onDecide('theirs')}>
          {words.take} <Hint combo="T" />
        </Button>
        <Button size="sm" onClick={() => onDecide('mine')}>
          {words.keep} <Hint combo="M" />
        </Button>
        <Button size="sm" onClick={() => onDecide('both')}>
          Both <Hint combo="B" />
        </Button>
        <Button size="sm" variant="ghost" onClick={onShow}>
          Edit by hand
        </Button>
      </div>
    </div>
  )
}

function Hint({ combo }: { combo: string }) {
  return (
    <span aria-hidden="true" className="coarse:hidden">
      <Kbd combo={combo} />
    </span>
  )
}
