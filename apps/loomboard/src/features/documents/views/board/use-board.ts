import type { Graph } from '@loomcycle/proto/teams'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStore } from '../../../../lib/browser/store.ts'
import { isAside } from '../../model/cards.ts'
import { actorName } from '../../model/changes.ts'
import type { ViewProps } from '../view.ts'
import { toGrouping, toSetup } from './board-setup.ts'
import { Desk } from './desk.ts'
import { holdsOf } from './holds.ts'
import { nextBoard } from './patch-board.ts'
import { Steady } from './steady.ts'

/** The board of a document, derived once for each change; what is drawn watches the desk that comes back. */
export function useBoard(props: ViewProps, root: RefObject<HTMLElement | null>): Desk {
  const { editing, document, found, search, types, marks, self } = props
  const { teams } = props.statuses
  const { chunks, boards, moving } = editing
  const rootId = document.root_chunk_id
  const settings = boards.get('main')?.fields
  const saved = useSetup(settings, chunks, rootId, teams?.board?.graph)
  const { show } = search
  const setup = useMemo(() => (show ? { ...saved, show } : saved), [saved, show])
  const [desk] = useState(() => new Desk(props, setup))
  const steady = useRef(new Steady())
  const released = useStore(desk.released)

  const group = toGrouping(search.group) ?? toGrouping(settings?.group) ?? 'status'
  const lanes = toGrouping(search.lanes) ?? toGrouping(settings?.lanes)
  const sort = search.sort ?? (typeof settings?.sort === 'string' ? settings.sort : undefined)
  const order = search.order ?? (settings?.order === 'desc' ? 'desc' : undefined)
  const next = useMemo(() => {
    const now = desk.board.get()
    const holds = holdsOf(desk.holds, chunks, { board: now, inHand: desk.inHand(), moving })
    const input = {
      ...{ chunks, rootId, setup, found, group, types, holds, teams },
      lanes: lanes === group ? undefined : lanes,
    }
    return { holds, board: nextBoard({ ...input, ...(sort && sort !== 'rank' ? { sort, order } : {}) }, now) }
  }, [desk, chunks, moving, rootId, setup, found, group, lanes, sort, order, types, teams, released])

  useLayoutEffect(() => {
    desk.around.set({ ...props, setup })
  }, [desk, props, setup])
  useLayoutEffect(() => {
    const now = desk.board.get()
    desk.holds = next.holds
    const waiting = desk.waitingFor(chunks, (id) => {
      const mark = marks.get().get(id)
      return mark ? actorName(mark.actor, self) : 'somebody'
    })
    if (waiting.size > 0 || desk.waiting.get().size > 0) desk.waiting.set(waiting)
    if (next.board === now) return
    const { pointed, at, isFocused } = desk.hand.get()
    const anchors = new Set([pointed, isFocused ? at : undefined].filter((id) => id !== undefined))
    const settle = root.current ? steady.current.before(root.current, now, next.board, anchors) : undefined
    desk.board.set(next.board)
    // What watches has drawn it by then, and nobody has seen it yet.
    if (settle) requestAnimationFrame(settle)
  }, [desk, next, chunks, marks, self, root])
  useEffect(() => {
    const { selected } = desk.hand.get()
    const left = [...selected].filter((id) => next.board.cards.has(id))
    if (left.length < selected.size) desk.take({ selected: new Set(left) })
  }, [desk, next])
  return desk
}

/** Guessed columns stay while one looks at them, also when their last card has gone. */
function useSetup(
  settings: Readonly<Record<string, unknown>> | undefined,
  chunks: ViewProps['editing']['chunks'],
  rootId: string,
  graph: Graph | undefined,
) {
  const seen = useRef(new Set<string>())
  const isSaved = useMemo(() => toSetup(settings, []).isSaved, [settings])
  const known = useMemo(() => {
    if (isSaved) return ''
    for (const chunk of chunks.values()) if (chunk.status && !isAside(chunk, rootId)) seen.current.add(chunk.status)
    return [...seen.current].join('\n')
  }, [isSaved, chunks, rootId])
  return useMemo(() => toSetup(settings, known === '' ? [] : known.split('\n'), graph), [settings, known, graph])
}
