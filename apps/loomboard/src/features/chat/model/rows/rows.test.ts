import { expect, it } from 'vitest'
import { aLog, call, parked, result, steer, text, thinking } from '../makers.ts'
import { emptyView } from '../types.ts'
import { applyEvents } from '../view/run-view.ts'
import { createRowBuilder, summariseActivity } from './rows.ts'

it('draws a turn as message, activity, answer and end', () => {
  const { log } = aLog()
  const view = applyEvents(
    emptyView,
    log(steer('Hi'), thinking('a'), call('c1'), result('c1'), text('x'), call('c2'), result('c2'), text('y'), parked),
  )
  const { live, settled } = createRowBuilder()(view.turns)
  expect(settled).toEqual([])
  expect(live.map((row) => row.kind)).toEqual(['input', 'activity', 'part', 'activity', 'part', 'end'])
})

it('keeps earlier turns as the same list while the last one grows', () => {
  const { log } = aLog()
  const toRows = createRowBuilder()
  let view = applyEvents(emptyView, log(steer('1'), text('a'), parked, steer('2'), text('b')))
  const { settled } = toRows(view.turns)
  expect(settled).toHaveLength(3)
  for (let i = 0; i < 20; i++) {
    view = applyEvents(view, log(text('more')))
    expect(toRows(view.turns).settled).toBe(settled)
  }
})

it('moves the beginning of a very long turn into the list, and never its end', () => {
  const { log } = aLog()
  const toRows = createRowBuilder()
  let view = applyEvents(emptyView, log(steer('Go')))
  for (let i = 0; i < 200; i++) {
    view = applyEvents(view, log(text(`step ${i}`), call(`c${i}`), result(`c${i}`)))
    const { live, settled } = toRows(view.turns)
    expect(live.length).toBeLessThan(60)
    expect(live.at(-1)?.kind).toBe('end')
    expect(new Set([...settled, ...live].map((row) => row.id)).size).toBe(settled.length + live.length)
  }
  view = applyEvents(view, log(text('at last')))
  const { settled } = toRows(view.turns)
  view = applyEvents(view, log(text(', more')))
  expect(toRows(view.turns).settled).toBe(settled)
})

it('sums up many calls in a line', () => {
  const { log } = aLog()
  const events = log(
    steer('Go'),
    call('a'),
    call('b', 'Context'),
    call('c'),
    result('a'),
    result('b', 'no', true, 'Context'),
  )
  const row = createRowBuilder()(applyEvents(emptyView, events).turns).live.find(({ kind }) => kind === 'activity')
  expect(row?.kind === 'activity' && summariseActivity(row.parts, events.at(-1)!.at)).toEqual({
    tools: 3,
    failed: 1,
    running: 1,
    names: 'Memory ×2, Context',
    ms: 400,
  })
})

it('sums up more calls than a call has room for arguments', () => {
  const { log } = aLog()
  const [one] = createRowBuilder()(applyEvents(emptyView, log(steer('Go'), call('a'), result('a'))).turns).live.flatMap(
    (row) => (row.kind === 'activity' ? row.parts : []),
  )
  expect(
    summariseActivity(
      Array.from({ length: 300_000 }, () => one!),
      0,
    ),
  ).toMatchObject({ tools: 300_000, ms: 100 })
})

it('cuts a long answer that was there already into rows, and leaves one that grew here whole', () => {
  const { log } = aLog()
  const long = Array.from({ length: 400 }, (_, i) => `Paragraph ${i} says something of a certain length.`).join('\n\n')
  const view = applyEvents(emptyView, log(steer('Go'), text(long), parked))
  const { settled, live } = createRowBuilder()(view.turns)
  const texts = [...settled, ...live].flatMap((row) =>
    row.kind === 'part' && row.part.kind === 'text' ? [row.part] : [],
  )
  expect(texts.map((part) => part.text).join('')).toBe(long)
  expect(texts.length).toBeGreaterThan(3)
  expect(live.length).toBeLessThan(4)

  const watching = createRowBuilder()
  watching(applyEvents(emptyView, log(steer('Go'), text('a'))).turns)
  const after = applyEvents(emptyView, log(steer('Go'), text('a'), text(long)))
  watching(after.turns)
  const rows = watching([{ ...after.turns[0]!, status: 'done' }])
  expect([...rows.settled, ...rows.live].filter((row) => row.kind === 'part')).toHaveLength(1)
})

it('keeps an answer that is one block, however long it grows', () => {
  const { log } = aLog()
  const toRows = createRowBuilder()
  let view = applyEvents(emptyView, log(steer('Go')))
  for (let i = 0; i < 200; i++) {
    view = applyEvents(view, log(text('words without an end '.repeat(20))))
    expect(toRows(view.turns).live.map((row) => row.kind)).toEqual(['input', 'part', 'end'])
  }
})

it('cuts a very long answer while it grows, and leaves what is done of it to the list', () => {
  const { log } = aLog()
  const toRows = createRowBuilder()
  const piece = `${'Some words of it. '.repeat(20)}\n\n`
  let view = applyEvents(emptyView, log(steer('Go')))
  let said = ''
  let cut = 0
  for (let i = 0; i < 1000; i++) {
    view = applyEvents(view, log(text(piece)))
    said += piece
    const { live, settled } = toRows(view.turns)
    const texts = [...settled, ...live].flatMap((row) =>
      row.kind === 'part' && row.part.kind === 'text' ? row.part : [],
    )
    expect(texts.map((part) => part.text).join('')).toBe(said)
    expect(texts.filter((part) => part.open)).toEqual([texts.at(-1)])
    expect(live.length).toBeLessThan(6)
    cut = Math.max(cut, settled.length)
  }
  expect(cut).toBeGreaterThan(3)
})
