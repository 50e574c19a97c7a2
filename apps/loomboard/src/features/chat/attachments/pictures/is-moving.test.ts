import { expect, it } from 'vitest'
import { isMoving } from './is-moving.ts'

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  )
const screen = [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
const remark = [0x21, 0xfe, 3, 44, 44, 44, 0]
const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
const chunk = (name: string, data: number[] = []) => bytes([0, 0, 0, data.length], name, data, [0, 0, 0, 0])
const png = (...chunks: Uint8Array[]) => bytes('\x89PNG\r\n\x1a\n', ...chunks.map((one) => [...one]))

it.each<[string, Uint8Array, boolean]>([
  ['a GIF of two pictures', bytes('GIF89a', screen, frame, remark, frame, [0x3b]), true],
  ['a GIF of one', bytes('GIF89a', screen, remark, frame, [0x3b]), false],
  ['a GIF that is cut off', bytes('GIF89a', screen, frame.slice(0, 12)), false],
  ['a PNG that moves', png(chunk('IHDR', [1, 2]), chunk('acTL'), chunk('IDAT')), true],
  ['a PNG', png(chunk('IHDR', [1, 2]), chunk('IDAT'), chunk('acTL')), false],
  ['a WebP that moves', bytes('RIFF\0\0\0\0WEBPVP8X', [10, 0, 0, 0, 0b10, 0, 0, 0]), true],
  ['a WebP', bytes('RIFF\0\0\0\0WEBPVP8 ', [10, 0, 0, 0, 0b10, 0, 0, 0]), false],
  ['a JPEG', bytes('\xff\xd8\xff\xe0'), false],
])('%s is told from what does not move', (_, picture, moves) => {
  expect(isMoving(picture)).toBe(moves)
})
