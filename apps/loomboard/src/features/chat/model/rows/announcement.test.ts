import { expect, it } from 'vitest'
import { aLog, call, parked, question, resolved, result, steer, stopped, text } from '../makers.ts'
import { emptyView, type LoggedEvent, type RunView } from '../types.ts'
import { applyEvents } from '../view/run-view.ts'
import { announce, nothingNew } from './announcement.ts'
import { toSpoken } from './plain.ts'

/** Everything that is said while these events come in, one by one. */
function heard(events: readonly LoggedEvent[], from: RunView = emptyView): string[] {
  const said: string[] = []
  let view = from
  let announcement = nothingNew(view)
  for (const event of events) {
    view = applyEvents(view, [event])
    const next = announce(announcement, view)
    if (next.words !== announcement.words) said.push(next.words)
    announcement = next
  }
  return said
}

it('says that the agent works, what failed, and what it answered, in plain words', () => {
  const { log } = aLog()
  const words = Array.from({ length: 300 }, () => text('*word* '))
  const events = log(steer('Go'), call('c1'), result('c1', 'no', true), text('# Done\n\n'), ...words, parked)
  const said = heard(events)
  expect(said.slice(0, 2)).toEqual(['The agent is working.', 'Memory failed.'])
  expect(said).toHaveLength(3)
  expect(said[2]).toMatch(/^The agent has answered\. Done word word/)
  expect(said[2]!.length).toBeLessThan(240)
})

it('asks a question aloud once, and tells what became of the turn', () => {
  const { log } = aLog()
  const events = log(steer('Go'), call('c1'), question('i1', 'c1'), resolved('i1'), text('Hm'), stopped, parked)
  expect(heard(events)).toEqual(['The agent is working.', 'The agent asks: Which one?', 'Stopped.'])
})

it('says nothing about what was there before, and the next turn anew', () => {
  const { log } = aLog()
  const before = applyEvents(emptyView, log(steer('Go'), result('c0', 'no', true), text('Yes.'), parked))
  expect(announce(nothingNew(before), before).words).toBe('')
  const next = log(steer('And?'), text('Also.'), parked)
  expect(heard(next, before)).toEqual(['The agent is working.', 'The agent has answered. Also.'])
})

it.each([
  ['Look:\n```ts\nconst a = 1\n```\nThere.', 'Look: Code block. There.'],
  ['```\nstill open', 'Code block.'],
  ['| A | B |\n|---|:-:|\n| 1 | **2** |', 'A, B. 1, 2.'],
  ['See [the docs](https://example.com/a) or https://www.example.org/x?y=1.', 'See the docs or www.example.org'],
  ['- [x] done\n- `snake_case` stays', '[x] done snake_case stays'],
])('reads %j as it would be read out', (markdown, spoken) => {
  expect(toSpoken(markdown)).toBe(spoken)
})
