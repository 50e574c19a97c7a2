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
    if (scale === 1 && file.size <= largestKept && isSendable(file.type)) {
      return { kind: 'picture', picture: await toPicture(file, file.type), size: { width, height, resized: false } }
    }
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    if (!context) throw new UnreadableFileError('This browser cannot make the picture smaller.')
    context.drawImage(bitmap, 0, 0, width, height)
    const blob = await smallest(canvas, file.type)
    return {
      kind: 'picture',
      picture: await toPicture(blob, blob.type as Picture['mediaType']),
      size: { width, height, resized: true },
    }
  } finally {
    bitmap.close()
  }
}

function isSendable(type: string): type is Picture['mediaType'] {
  return /^image\/(?:png|jpeg|gif|webp)$/.test(type)
}

/** Drawings stay sharp as PNG while that is small; photographs are JPEG. */
async function smallest(canvas: OffscreenCanvas, type: string): Promise<Blob> {
  if (type === 'image/png' || type === 'image/gif') {
    const png = await canvas.convertToBlob({ type: 'image/png' })
    if (png.size <= largestKept) return png
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
}

async function toPicture(blob: Blob, mediaType: Picture['mediaType']): Promise<Picture> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return { mediaType, data: btoa(binary) }
}
