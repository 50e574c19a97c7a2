// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { imagesIn } from './images-in.ts'

const png = new File(['x'], 'a.png', { type: 'image/png' })
const brought = (files: File[], text = '') =>
  ({
    files,
    getData: (kind: string) => (kind === 'text/plain' ? text : '<b>as it looks</b>'),
  }) as unknown as DataTransfer

it('pictures are taken where they are what was copied', () => {
  expect(imagesIn(brought([png, new File(['x'], 'a.txt', { type: 'text/plain' })]))).toEqual([png])
  expect(imagesIn(brought([png], ' \n'))).toEqual([png])
  expect(imagesIn(null)).toEqual([])
})

it('words are what was copied where a picture of them comes along', () => {
  expect(imagesIn(brought([png], 'Quarterly report'))).toEqual([])
})
