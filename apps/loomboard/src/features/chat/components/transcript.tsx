import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '../../../components/ui/button.tsx'
import { useShortcut } from '../../../lib/shortcuts.ts'
import { createRowBuilder } from '../model/rows.ts'
import type { PendingInput, Turn } from '../model/types.ts'
import { InputRow } from './input-row.tsx'
import { RowView } from './row-view.tsx'
import { useFollow } from './use-follow.ts'

export interface TranscriptProps {
  turns: readonly Turn[]
  pending: readonly PendingInput[]
  /** What becomes of a message that the agent has not read yet. */
  queuedNote: string
  hasEarlier: boolean
  loadingEarlier: boolean
  onLoadEarlier: () => void
}

/** Closer than this to the top, the page before is fetched. */
const earlyEnough = 800
const earlierHeight = 44

export function Transcript(props: TranscriptProps) {
  const { turns, pending, hasEarlier, loadingEarlier, onLoadEarlier } = props
  const scroller = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [toRows] = useState(createRowBuilder)
  const { settled, live } = toRows(turns)
  const { atEnd, unseen, toEnd, release } = useFollow(scroller, content, turns.at(-1))
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

  const jump = (step: 1 | -1) => {
    const element = scroller.current
    if (!element) return
    const start = hasEarlier ? earlierHeight : 0
    const anchors = settled.flatMap((row, i) =>
      row.kind === 'input' ? [{ top: start + (list.current?.getItemOffset(i) ?? 0) }] : [],
    )
    const box = element.getBoundingClientRect().top - element.scrollTop
    for (const row of element.querySelectorAll('[data-live-input]'))
      anchors.push({ top: row.getBoundingClientRect().top - box })
    const here = element.scrollTop
    const target = step < 0 ? anchors.findLast(({ top }) => top < here - 4) : anchors.find(({ top }) => top > here + 4)
    if (!target) return step > 0 ? toEnd() : undefined
    release()
    element.scrollTop = target.top
  }
  useShortcut('Alt+ArrowUp', () => jump(-1))
  useShortcut('Alt+ArrowDown', () => jump(1))

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
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
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            data={settled}
            shift={grewUpwards}
            startMargin={hasEarlier ? earlierHeight : 0}
          >
            {(row) => <RowView key={row.id} row={row} />}
          </Virtualizer>
          {live.map((row) => (
            <div key={row.id} data-live-input={row.kind === 'input' ? '' : undefined}>
              <RowView row={row} />
            </div>
          ))}
          {pending.map((input) => (
            <Centered key={input.localId}>
              <InputRow text={input.text} note={pendingNote(input, props.queuedNote)} />
            </Centered>
          ))}
          <div className="h-6" />
        </div>
      </section>
      {!atEnd && (
        <Button
          className="absolute bottom-3 left-1/2 -translate-x-1/2 animate-fade-in rounded-full shadow-pop"
          variant={unseen ? 'primary' : 'secondary'}
          size="sm"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden="true" />
          {unseen ? 'New messages' : 'To the end'}
        </Button>
      )}
    </div>
  )
}

function Centered({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-3xl px-4">{children}</div>
}

function pendingNote(input: PendingInput, queued: string): string | undefined {
  if (input.opens) return undefined
  return input.state === 'queued' ? queued : 'Sending'
}
