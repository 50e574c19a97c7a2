const drawn = ['image/png', 'image/jpeg', 'image/webp']
const largest = 8 * 1024 * 1024
const mostPixels = 4000

/** A file as the server takes it: drawn anew, so that no place, name or date goes with it. */
export async function toPicture(file: File): Promise<{ media_type: string; data: string }> {
  const bytes = drawn.includes(file.type) ? await redrawn(file) : file
  if (bytes.size > largest) throw new Error('The image is larger than 8 MB.')
  return { media_type: bytes.type, data: await toBase64(bytes) }
}

async function redrawn(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error('The image is damaged, or of a kind that this browser does not know.')
  })
  const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return canvas.convertToBlob({ type: file.type, quality: 0.9 })
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
