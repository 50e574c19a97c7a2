import { expect, it } from 'vitest'
import { aChunk, chunksOf } from '../../model/makers.ts'
import { toBoard } from './board-model.ts'
import { holdsOf } from './holds.ts'
import { inputOf } from './testing.ts'

const a = aChunk('a', { status: 'todo', rank: 'a0' })
const board = toBoard(inputOf([a]))
const nothing = new Map()
const hand = { board, inHand: new Set(['a']), moving: new Map<string, string>() }

it('what is in the hand stays where it was when somebody moves it', () => {
  const holds = holdsOf(nothing, chunksOf({ ...a, status: 'done', rank: 'a7' }), hand)
  expect(holds.get('a')).toEqual({ status: 'todo', rank: 'a0' })
  const later = holdsOf(holds, chunksOf({ ...a, status: 'doing', rank: 'a8' }), { ...hand, board: undefined })
  expect(later).toBe(holds)
})

it('what is in the hand goes along where somebody puts it elsewhere in its own column', () => {
  const holds = holdsOf(nothing, chunksOf({ ...a, rank: 'a7' }), hand)
  expect(holds.get('a')).toEqual({ status: 'todo', rank: 'a7' })
  const away = holdsOf(holds, chunksOf({ ...a, status: 'done', rank: 'a1' }), hand)
  expect(away.get('a')).toEqual({ status: 'todo', rank: 'a7' })
})

it('what the person moves goes with them, and is held there', () => {
  const moving = new Map([['a', 'done']])
  const holds = holdsOf(nothing, chunksOf({ ...a, status: 'done', rank: '!' }), { ...hand, moving })
  expect(holds.get('a')?.status).toBe('done')
  const confirmed = holdsOf(holds, chunksOf({ ...a, status: 'done', rank: 'a0' }), hand)
  expect(confirmed.get('a')).toEqual({ status: 'done', rank: 'a0' })
  const away = holdsOf(confirmed, chunksOf({ ...a, status: 'todo', rank: 'a3' }), hand)
  expect(away.get('a')).toEqual({ status: 'done', rank: 'a0' })
})

it('what the person moved and the server did not let go there is where it was', () => {
  const moving = new Map([['a', 'done']])
  const holds = holdsOf(nothing, chunksOf({ ...a, status: 'done', rank: '!' }), { ...hand, moving })
  expect(holdsOf(holds, chunksOf(a), hand).get('a')).toEqual({ status: 'todo', rank: 'a0' })
})

it('what is let go, or is gone, is held no more', () => {
  const holds = holdsOf(nothing, chunksOf({ ...a, status: 'done' }), hand)
  expect(holdsOf(holds, chunksOf(a), { ...hand, inHand: new Set() }).size).toBe(0)
  expect(holdsOf(holds, chunksOf(), hand).size).toBe(0)
})
