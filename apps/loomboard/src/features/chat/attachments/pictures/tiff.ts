import UTIF from 'utif2'
import { UnreadableFileError } from '../../../../lib/unreadable-file.ts'

/** The first page of a TIFF as it is stored, and what is to be known to show it. */
export interface Tiff {
  width: number
  height: number
  /** Four bytes each, in rows. */
  pixels: Uint8ClampedArray<ArrayBuffer>
  pages: number
  /** How it is to be turned, as cameras say it: 1 to 8. */
  orientation: number
}

const mostPixels = 60_000_000

export function decodeTiff(data: ArrayBuffer): Tiff {
  const number = (page: UTIF.IFD, tag: string) => Number((page[tag] as number[] | undefined)?.[0] ?? 0)
  // A small copy for lists of pictures is no page of its own.
  const pages = UTIF.decode(data).filter((one) => number(one, 't256') > 0 && !(number(one, 't254') & 1))
  const [page] = pages
  if (!page) throw new UnreadableFileError('The TIFF picture is damaged.')
  const size = number(page, 't256') * number(page, 't257')
  if (size > mostPixels) throw new UnreadableFileError('The TIFF picture has more than 60 million points.')
  UTIF.decodeImage(data, page)
  const pixels = new Uint8ClampedArray(UTIF.toRGBA8(page))
  const { width, height } = page
  if (pixels.length === 0 || pixels.length !== width * height * 4) {
    throw new UnreadableFileError('The TIFF picture is damaged, or packed in an unusual way. Save it as PNG or JPEG.')
  }
  return { width, height, pixels, pages: pages.length, orientation: number(page, 't274') || 1 }
}
