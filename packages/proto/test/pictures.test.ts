import { describe, expect, it } from 'vitest'
import { checkPicture, largestPicture } from '../src/wire/index.ts'

const fromHex = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const jpeg = fromHex('ffd8ffe000104a46494600010100000100010000ffc0001108000a000a03011100021101031101ffda0000ffd9')
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const webp = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'
const bytes = (base64: string) => Buffer.from(base64, 'base64')
const cut = (base64: string) => bytes(base64).subarray(0, -4).toString('base64')

describe('a picture', () => {
  it.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/gif', gif],
    ['image/webp', webp],
  ])('of type %s is told by its bytes', (media_type, data) => {
    expect(checkPicture(data)).toEqual({ media_type, data })
  })

  it.each([
    ['a data: prefix', `data:image/jpeg;base64,${png}`],
    ['line breaks', png.replace(/.{20}/g, '$&\r\n')],
    ['both', ` data:image/png;charset=x;base64,\n${png}\n`],
    ['the alphabet of addresses', png.replaceAll('+', '-').replaceAll('/', '_')],
    ['no padding', png.replaceAll('=', '')],
  ])('with %s is put right', (_, sent) => {
    expect(checkPicture(sent)).toEqual({ media_type: 'image/png', data: png })
  })

  it.each([
    ['nothing', '', 'is empty'],
    ['a prefix and nothing', 'data:image/png;base64,', 'is empty'],
    ['an address', 'https://example.org/cat.png', 'is not base64'],
    ['words', 'a picture of a cat', 'is none of'],
    ['letters too few', 'iVBOR', 'is not base64'],
    ['padding in the middle', `${png}${png}`, 'is not base64'],
    ['a PDF', Buffer.from('%PDF-1.7 …').toString('base64'), 'is none of'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), 'is none of'],
    ['the beginning of a PNG', 'iVBORw0KGgo=', 'has no size'],
    ['a JPEG without a frame', fromHex('ffd8ffe000104a46494600010100000100010000ffd9'), 'has no size'],
    ['a PNG without its end', cut(png), 'is cut off'],
    ['a JPEG without its end', cut(jpeg), 'is cut off'],
    ['a GIF without its end', cut(gif), 'is cut off'],
    ['a WebP without its end', cut(webp), 'is cut off'],
    ['too much', `${png.replaceAll('=', '')}${'A'.repeat(largestPicture * 1.4)}`, 'may have'],
  ])('that is %s is none: %s', (_, sent, why) => {
    expect(checkPicture(sent)).toContain(why)
  })

  it('is looked at in proportion to its length', () => {
    const noise = Buffer.alloc(8 * 1024 * 1024, 0xff).toString('base64')
    expect(checkPicture(noise)).toContain('is none of')
    const long = Buffer.concat([bytes(jpeg).subarray(0, -2), Buffer.alloc(2 * 1024 * 1024), Buffer.from('ffd9', 'hex')])
    expect(checkPicture(long.toString('base64'))).toMatchObject({ media_type: 'image/jpeg' })
  })
})
