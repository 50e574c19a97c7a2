import { ArrowDown } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '../../../../components/ui/button.tsx'
import { useStore } from '../../../../lib/browser/store.ts'
import { useShortcut } from '../../../../lib/shortcuts.ts'
import { BranchingScope } from '../../branching/branching.ts'
import { useBranching } from '../../branching/use-branching.ts'
import type { Conversation, ConversationState } from '../../conversation.ts'
import { createRowBuilder } from '../../model/rows/rows.ts'
import type { Match } from '../../model/rows/search.ts'
import type { PendingInput } from '../../model/types.ts'
import { useChatPlace } from '../../place.ts'
import { findQuery, outlineOpen } from '../../reading.ts'
import { FindBar } from '../finding/find-bar.tsx'
import { useFind } from '../finding/use-find.ts'
import { useHighlights } from '../finding/use-highlights.ts'
import { InputRow } from './input-row.tsx'
import { OutlinePanel } from './outline-panel.tsx'
import { RowView } from './row-view.tsx'
import { useAddress } from './use-address.ts'
import { useFollow } from './use-follow.ts'
import { usePlace } from './use-place.ts'
import { useRows } from './use-rows.ts'

export interface TranscriptProps {
  source: Conversation
  state: ConversationState
  /** What the conversation is called. */
  title: string
  /** What becomes of a message that the agent has not read yet. */
  queuedNote: string
  onLoadEarlier: () => void
  /** Loads everything from this event on. */
  onLoadBack: (seq: number) => void
  /** The turn that the address names. */
  address?: string
  onAddress: (turnId: string) => void
}

/** Closer than this to the top, the page before is fetched. */
const earlyEnough = 800
const earlierHeight = 44

export function Transcript(props: TranscriptProps) {
  const { source, state, onLoadEarlier, onLoadBack } = props
  const { view, hasEarlier, loadingEarlier } = state
  const { isBeside } = useChatPlace()
  const { turns, pending } = view
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [toRows] = useState(createRowBuilder)
  const rows = toRows(turns)
  const { settled, live } = rows
  const { atEnd, unseen, toEnd, release, isFollowing } = useFollow(scroller, content, turns.at(-1))
  const startMargin = hasEarlier ? earlierHeight : 0
  const finder = useRows(rows, scroller, list, startMargin)
  const sizes = usePlace({
    conversation: source.key,
    rows: settled.length,
    scroller,
    list,
    isFollowing,
    release,
  })
  const branching = useBranching(source, state, props.title)
  const firstRow = hasEarlier ? undefined : (settled[0] ?? live[0])?.id
  const firstId = settled[0]?.id
  const lastFirstId = useRef(firstId)
  const grewUpwards = lastFirstId.current !== undefined && firstId !== lastFirstId.current

  useEffect(() => {
    lastFirstId.current = firstId
  }, [firstId])

  // A page that does not fill the screen is added to without anybody scrolling.
  useEffect(() => {
    if (!hasEarlier || loadingEarlier || turns.length === 0) return
    const frame = requestAnimationFrame(() => {
      const element = scroller.current
      if (element && element.scrollHeight < element.clientHeight + earlyEnough) onLoadEarlier()
    })
    return () => cancelAnimationFrame(frame)
  }, [hasEarlier, loadingEarlier, turns.length, onLoadEarlier])

  // One's own message is worth going to the end for.
  const newest = pending.at(-1)?.localId
  useEffect(() => {
    if (newest) toEnd()
  }, [newest, toEnd])

  const goToMatch = useCallback(
    (match: Match) => {
      release()
      finder.show(match.rowId, 'center')
    },
    [finder, release],
  )
  const sought = useFind(settled, live, goToMatch)
  const find = isBeside ? undefined : sought
  useHighlights(content, find?.query, find?.current)
  const match = useRef(find?.current)
  match.current = find?.current
  // Pages that join in above move everything; what was found stays in sight.
  useEffect(() => {
    if (firstId !== undefined && match.current) goToMatch(match.current)
  }, [firstId, goToMatch])
  const outlined = useStore(outlineOpen) && !isBeside
  const wantsAll = outlined || (find !== undefined && find.query.trim() !== '')
  useEffect(() => {
    if (wantsAll && hasEarlier) onLoadBack(1)
  }, [wantsAll, hasEarlier, onLoadBack])

  const [shown, setShown] = useState<string>()
  const goToTurn = useCallback(
    (turnId: string) => {
      release()
      finder.show(`${turnId}:in`, 'start')
      setShown(turnId)
    },
    [finder, release],
  )
  useAddress({ address: props.address, turns, hasEarlier, loadBack: onLoadBack, goTo: goToTurn })

  const jump = (step: 1 | -1) => {
    const element = scroller.current
    if (!element) return
    const here = element.scrollTop
    const anchors = finder.anchors()
    const target = step < 0 ? anchors.findLast(({ top }) => top < here - 4) : anchors.find(({ top }) => top > here + 4)
    if (!target) return step > 0 ? toEnd() : undefined
    release()
    element.scrollTop = target.top
  }
  const active = !isBeside
  useShortcut('Alt+ArrowUp', () => jump(-1), { active })
  useShortcut('Alt+ArrowDown', () => jump(1), { active })
  useShortcut('Mod+F', () => findQuery.set(findQuery.get() ?? ''), { active })

  return (
    <div className="flex min-h-0 flex-1">
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        {find && (
          <FindBar
            find={find}
            searched={hasEarlier && view.lastSeq > 0 ? 1 - view.firstSeq / view.lastSeq : 1}
            onClose={() => {
              findQuery.set(undefined)
              scroller.current?.focus({ preventScroll: true })
            }}
          />
        )}
        <section
          ref={scroller}
          aria-label="Conversation"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
          onScroll={(event) => event.currentTarget.scrollTop < earlyEnough && hasEarlier && onLoadEarlier()}
        >
          <h2 className="sr-only">Messages</h2>
          <div ref={content}>
            {hasEarlier && (
              <div style={{ height: earlierHeight }} className="flex items-center justify-center">
                <Button size="sm" variant="ghost" disabled={loadingEarlier} onClick={onLoadEarlier}>
                  {loadingEarlier ? 'Loading earlier messages…' : 'Load earlier messages'}
                </Button>
              </div>
            )}
            <BranchingScope value={branching}>
              <Virtualizer
                ref={list}
                scrollRef={scroller}
                data={settled}
                shift={grewUpwards}
                startMargin={startMargin}
                {...(sizes ? { cache: sizes } : {})}
              >
                {(row) => <RowView key={row.id} row={row} marked={row.turn.id === shown} first={row.id === firstRow} />}
              </Virtualizer>
              {live.map((row) => (
                <RowView key={row.id} row={row} marked={row.turn.id === shown} first={row.id === firstRow} />
              ))}
            </BranchingScope>
            {pending.map((input) => (
              <Centered key={input.localId}>
                <InputRow text={input.text} pictures={input.pictures} note={pendingNote(input, props.queuedNote)} />
              </Centered>
            ))}
            <div className="h-6" />
          </div>
        </section>
        {!atEnd && (
          <Button
            className="absolute bottom-3 left-1/2 z-10 -translate-x-1/2 animate-fade-in rounded-full shadow-pop"
            variant={unseen ? 'primary' : 'secondary'}
            size="sm"
            onClick={toEnd}
          >
            <ArrowDown aria-hidden="true" />
            {unseen ? 'New messages' : 'To the end'}
          </Button>
        )}
      </div>
      {outlined && (
        <OutlinePanel
          turns={turns}
          loading={hasEarlier}
          scroller={scroller}
          turnAtTop={finder.turnAtTop}
          onGo={(turnId) => {
            goToTurn(turnId)
            props.onAddress(turnId)
          }}
        />
      )}
    </div>
  )
}

function Centered({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-3xl px-4">{children}</div>
}

function pendingNote(input: PendingInput, queued: string): string | undefined {
  if (input.state === 'queued') return queued
  if (input.state === 'unread') return 'The run ended before it read this'
  return input.waits ?? (input.opens ? undefined : 'Sending')
}
