import { expect, it } from 'vitest'
import { chunkColumn } from './result.ts'

const isChunk = (id: string) => ['a', 'b'].includes(id)

it('an answer has chunks where every row names one', () => {
  expect(
    chunkColumn(
      [
        [1, 'a'],
        [2, 'b'],
      ],
      isChunk,
    ),
  ).toBe(1)
  expect(
    chunkColumn(
      [
        ['a', 'a'],
        ['x', 'b'],
      ],
      isChunk,
    ),
  ).toBe(1)
  expect(chunkColumn([['a'], [null]], isChunk)).toBeUndefined()
  expect(chunkColumn([[1]], isChunk)).toBeUndefined()
  expect(chunkColumn([], isChunk)).toBeUndefined()
})
