import UTIF from 'utif2'
import { expect, it } from 'vitest'
import { decodeTiff } from './tiff.ts'

const red = [255, 0, 0, 255]
const blue = [0, 0, 255, 255]

it('a TIFF is decoded, with how it is to be turned', () => {
  const data = UTIF.encodeImage(new Uint8Array([...red, ...blue]), 2, 1, { t274: [6] } as never)
  expect(decodeTiff(data)).toEqual({
    width: 2,
    height: 1,
    pixels: new Uint8ClampedArray([...red, ...blue]),
    pages: 1,
    orientation: 6,
  })
})

it.each([
  ['nothing but a head', new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0]).buffer, 'damaged'],
  ['far too many points', UTIF.encode([{ t256: [60_000], t257: [60_000] } as never]), 'more than 60 million'],
])('of %s is refused with the reason', (_, data, why) => {
  expect(() => decodeTiff(data as ArrayBuffer)).toThrow(why)
})
