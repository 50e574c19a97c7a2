import { checkPicture } from '@loomcycle/proto/wire'
import type { Picture } from '../model/typed.ts'
import { type AttachmentContent, UnreadableFileError } from './attachment.ts'

/** Models look at nothing finer. */
const longestSide = 1568
const largestKept = 900_000

/** Made as small as a model sees it, here: what is never seen is never sent. */
export async function readPicture(file: File): Promise<AttachmentContent> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new UnreadableFileError('The picture is damaged.')
  })
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  try {
    const kept = scale === 1 && file.size <= largestKept ? await toPicture(file) : undefined
    if (kept) return { kind: 'picture', picture: kept, size: { width, height, resized: false } }
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    if (!context) throw new UnreadableFileError('This browser cannot make the picture smaller.')
    context.drawImage(bitmap, 0, 0, width, height)
    const picture = await toPicture(await smallest(canvas, file.type))
    if (!picture) throw new UnreadableFileError('This browser cannot make the picture smaller.')
    return { kind: 'picture', picture, size: { width, height, resized: true } }
  } finally {
    bitmap.close()
  }
}

/** Drawings stay sharp as PNG while that is small; photographs are JPEG. */
async function smallest(canvas: OffscreenCanvas, type: string): Promise<Blob> {
  if (type === 'image/png' || type === 'image/gif') {
    const png = await canvas.convertToBlob({ type: 'image/png' })
    if (png.size <= largestKept) return png
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
}

/** Told by its bytes, since names lie; undefined for one that is to be drawn anew: of another kind, or cut off. */
async function toPicture(blob: Blob): Promise<Picture | undefined> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  const checked = checkPicture(btoa(binary))
  return typeof checked === 'string' ? undefined : { mediaType: checked.media_type, data: checked.data }
}
