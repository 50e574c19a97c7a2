import { readAside } from '../aside.ts'
import type { Tiff } from './tiff.ts'

/** The first page of a TIFF, which most browsers cannot read by themselves. */
export async function readTiff(data: ArrayBuffer): Promise<{ bitmap: ImageBitmap; note?: string }> {
  const worker = new Worker(new URL('./tiff-worker.ts', import.meta.url), { type: 'module' })
  const { width, height, pixels, pages, orientation } = await readAside<Tiff>(worker, data)
  const bitmap = await turned(await createImageBitmap(new ImageData(pixels, width, height)), orientation)
  if (pages === 1) return { bitmap }
  return { bitmap, note: `Of its ${pages} pages only the first is sent. Attach the others as pictures of their own.` }
}

/** What becomes of the two axes, by the number that stands for it: across and down of what goes across, then of what goes down. */
const axes: Readonly<Record<number, readonly [number, number, number, number]>> = {
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
}

function turned(bitmap: ImageBitmap, orientation: number): ImageBitmap {
  const [a, b, c, d] = axes[orientation] ?? [1, 0, 0, 1]
  const { width, height } = bitmap
  const canvas = new OffscreenCanvas(Math.abs(a * width + c * height), Math.abs(b * width + d * height))
  const context = canvas.getContext('2d')
  if (!context || !axes[orientation]) return bitmap
  // Whatever would lie before the beginning is moved back by its size.
  const x = Math.min(a, c) < 0 ? canvas.width : 0
  const y = Math.min(b, d) < 0 ? canvas.height : 0
  context.setTransform(a, b, c, d, x, y)
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas.transferToImageBitmap()
}
