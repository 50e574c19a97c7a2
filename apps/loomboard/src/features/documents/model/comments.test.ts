import { describe, expect, it } from 'vitest'
import { toThreads } from './comments.ts'
import { aChunk } from './makers.ts'

const comment = (id: string, fields: Record<string, unknown> = {}) => ({ ...aChunk(id), type: 'comment', fields })
const said = (...ids: string[]) =>
  new Map(ids.map((id, i) => [id, { revision: 1, body: id, created_at: `2026-06-01T10:0${i}:00Z` }]))
const shape = (threads: ReturnType<typeof toThreads>) =>
  threads.map(({ id, replies, sending }) => [
    id,
    ...replies.map((one) => one.id),
    ...sending.map(({ key }) => `+${key}`),
  ])
const sending = (key: string, replyTo?: string) => ({
  ...{ key, documentId: 'd', cardId: 'c', body: key, mentions: [], asks: [], at: 0 },
  ...(replyTo ? { replyTo } : {}),
})

describe('threads', () => {
  it('have what was answered to an answer, too', () => {
    const all = [comment('a'), comment('b'), comment('c', { reply_to: 'a' }), comment('d', { reply_to: 'c' })]
    expect(shape(toThreads(all, said('a', 'b', 'c', 'd'), [sending('x', 'd'), sending('y')]))).toEqual([
      ['a', 'c', 'd', '+x'],
      ['b'],
      ['y', '+y'],
    ])
  })

  it('have what stands under a comment as its answer', () => {
    const nested = [comment('a'), { ...comment('b'), parent_id: 'a' }, { ...comment('c'), parent_id: 'the card' }]
    expect(shape(toThreads(nested, said('a', 'b', 'c'), []))).toEqual([['a', 'b'], ['c']])
  })

  it('stay where their first comment was deleted', () => {
    const [thread] = toThreads([comment('b', { reply_to: 'gone' })], said('b'), [])
    expect(thread).toMatchObject({ id: 'gone', first: undefined, isResolved: false })
  })

  it('end, whatever comments say they answer', () => {
    const circle = [comment('a', { reply_to: 'b' }), comment('b', { reply_to: 'a' }), comment('c', { reply_to: 'c' })]
    expect(toThreads(circle, said('a', 'b', 'c'), [])).not.toEqual([])
  })

  it('that are settled come last', () => {
    const all = [comment('a', { resolved: true }), comment('b')]
    expect(shape(toThreads(all, said('a', 'b'), []))).toEqual([['b'], ['a']])
  })
})
