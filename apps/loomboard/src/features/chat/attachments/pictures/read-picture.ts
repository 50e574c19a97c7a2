import { checkPicture } from '@loomcycle/proto/wire'
import { UnreadableFileError } from '../../../../lib/unreadable-file.ts'
import type { Picture } from '../../model/typed.ts'
import type { AttachmentContent } from '../attachment.ts'
import { isMoving } from './is-moving.ts'

/** Models look at nothing finer. */
const longestSide = 1568
const largestKept = 900_000

/**
 * Drawn anew, at most as large as a model sees it: what is never seen is never sent, and neither is what a file says
 * besides, such as where a photograph was taken. It is turned as its camera was held.
 */
export async function readPicture(file: File, head: Uint8Array): Promise<AttachmentContent> {
  const { bitmap, note } = await decoded(file, head)
  try {
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0, width, height)
    const picture = context && (await toPicture(await packed(canvas, context, head)))
    if (!picture) throw new UnreadableFileError('This browser cannot draw the picture.')
    return { kind: 'picture', picture, size: { width, height, resized: scale < 1 }, ...(note ? { note } : {}) }
  } finally {
    bitmap.close()
  }
}

async function decoded(file: File, head: Uint8Array): Promise<{ bitmap: ImageBitmap; note?: string }> {
  const begins = String.fromCharCode(...head.subarray(0, 12))
  if (begins.startsWith('II*') || begins.startsWith('MM\0')) {
    const { readTiff } = await import('./read-tiff.ts')
    return readTiff(await file.arrayBuffer())
  }
  const bitmap = await createImageBitmap(file).catch(() => {
    const kind = kindOfBrand(begins)
    throw new UnreadableFileError(
      kind
        ? `This browser cannot read ${kind} pictures. Save it as JPEG or PNG and attach that.`
        : 'This browser cannot read the picture: it is damaged, or too large.',
    )
  })
  const moves = isMoving(new Uint8Array(await file.arrayBuffer()))
  return moves ? { bitmap, note: 'It moves; only its first picture is sent.' } : { bitmap }
}

function kindOfBrand(begins: string): string | undefined {
  if (begins.slice(4, 8) !== 'ftyp') return undefined
  return begins.startsWith('avi', 8) ? 'AVIF' : 'HEIC'
}

/** Drawings stay sharp as PNG while that is small; photographs are JPEG, as are drawings that are large, on white. */
async function packed(
  canvas: OffscreenCanvas,
  context: OffscreenCanvasRenderingContext2D,
  head: Uint8Array,
): Promise<Blob> {
  const isPhotograph = head[0] === 0xff
  if (!isPhotograph) {
    const png = await canvas.convertToBlob({ type: 'image/png' })
    if (png.size <= largestKept) return png
  }
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 })
}

async function toPicture(blob: Blob): Promise<Picture | undefined> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  const checked = checkPicture(btoa(binary))
  return typeof checked === 'string' ? undefined : { mediaType: checked.media_type, data: checked.data }
}
