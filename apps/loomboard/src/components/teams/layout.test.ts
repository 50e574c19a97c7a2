import type { Graph } from '@loomcycle/proto/teams'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from './layout.ts'

const agent = { kind: 'agent', agent: 'a' } as const
const end = { kind: 'terminal' } as const

const some = fc.record({
  states: fc.array(fc.record({ state: fc.constantFrom(...'abcdefgh'), handler: fc.constantFrom(agent, end) }), {
    maxLength: 10,
  }),
  transitions: fc.array(
    fc.record({
      from: fc.constantFrom(...'abcdefghx'),
      to: fc.constantFrom(...'abcdefghx'),
      on: fc.constantFrom('success', 'pushback:*', 'conditional:tags', '?'),
    }),
    { maxLength: 30 },
  ),
  entry: fc.constantFrom('a', 'b', 'x', undefined),
})

describe('a drawing of a team', () => {
  it('has its states in the order in which a card comes through them, whatever order they are written in', () => {
    const graph: Graph = {
      entry: 'draft',
      states: ['done', 'review', 'help', 'draft', 'check', 'lost'].map((state) => ({
        state,
        handler: state === 'done' ? end : agent,
      })),
      transitions: [
        { from: 'check', to: 'help', on: 'pushback:hard' },
        { from: 'draft', to: 'check', on: 'success' },
        { from: 'help', to: 'check', on: 'success' },
        { from: 'check', to: 'draft', on: 'pushback:*' },
        { from: 'check', to: 'review', on: 'success' },
        { from: 'review', to: 'done', on: 'success' },
      ],
    }
    const { states, lines } = layOut(graph)
    expect(states.map(({ state }) => state.state)).toEqual(['draft', 'check', 'review', 'done', 'help', 'lost'])
    expect(states.map(({ isReached }) => isReached)).toEqual([true, true, true, true, true, false])
    expect(
      lines
        .filter(({ side }) => side === 'left')
        .map(({ edge }) => edge)
        .sort(),
    ).toEqual([2, 3])
  })

  it('draws every state once and every way on that leads somewhere, without two lines on each other', () => {
    fc.assert(
      fc.property(some, (graph) => {
        const { states, lines, lanes, height } = layOut(graph)
        expect(states.map(({ at }) => at).sort((a, b) => a - b)).toEqual([...graph.states.keys()])
        const names = new Set(graph.states.map(({ state }) => state))
        const drawn = graph.transitions.flatMap(({ from, to }, i) => (names.has(from) && names.has(to) ? [i] : []))
        expect(lines.map(({ edge }) => edge).sort((a, b) => a - b)).toEqual(drawn)
        states.reduce((below, { y, height: tall }) => {
          expect(y).toBeGreaterThanOrEqual(below)
          expect(y + tall).toBeLessThanOrEqual(height)
          return y + tall
        }, 0)
        for (const one of lines) {
          expect(one.side).toBe(one.y.to > one.y.from && one.to !== one.from ? 'right' : 'left')
          expect(one.lane).toBeLessThan(lanes[one.side])
          const others = lines.filter(({ side, lane, to }) => side === one.side && lane === one.lane && to !== one.to)
          for (const { y } of others) {
            const [top, bottom] = [Math.min(one.y.from, one.y.to), Math.max(one.y.from, one.y.to)]
            expect(Math.min(y.from, y.to) > bottom || Math.max(y.from, y.to) < top).toBe(true)
          }
        }
      }),
    )
  })

  it('is the same for the same graph, and there for none', () => {
    expect(layOut({})).toEqual({ states: [], lines: [], lanes: { left: 0, right: 0 }, height: 10 })
  })
})
