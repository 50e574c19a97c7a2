import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawArrows, findKnots, roomOf } from './floors.ts'
import { root } from './paths.ts'

describe('the floors of the runtime', () => {
  const arrows = drawArrows(join(root, 'apps/runtime/src'))
  /** Each may lean on those after it. The files of the top are the process, which connects them. */
  const floors = ['.', 'doors', 'areas', 'engine', 'models', 'tools', 'ground']
  const beside = ['models tools', 'tools models']

  it('are all there is', () => {
    const rooms = new Set(arrows.flatMap(({ from, to }) => [roomOf(from, 1), roomOf(to, 1)]))
    expect([...rooms].sort()).toEqual([...floors].sort())
  })

  it('lean on those below them only', () => {
    const upward = arrows.filter(({ from, to }) => {
      const [upper, lower] = [roomOf(from, 1), roomOf(to, 1)]
      return floors.indexOf(upper) > floors.indexOf(lower) || beside.includes(`${upper} ${lower}`)
    })
    expect(upward).toEqual([])
  })

  it('have no rooms that lean on one another', () => {
    expect(findKnots(arrows, 2)).toEqual([])
  })

  it('have no files that import one another', () => {
    expect(findKnots(arrows)).toEqual([])
  })
})

describe('knots', () => {
  it('are found through others, and each once', () => {
    const arrows = [
      { from: 'a/one.ts', to: 'b/one.ts' },
      { from: 'b/one.ts', to: 'c/one.ts' },
      { from: 'c/two.ts', to: 'a/two.ts' },
      { from: 'd/one.ts', to: 'a/one.ts' },
      { from: 'd/one.ts', to: 'd/two.ts' },
    ]
    expect(findKnots(arrows, 1)).toEqual([['a', 'b', 'c']])
    expect(findKnots(arrows)).toEqual([])
  })
})
