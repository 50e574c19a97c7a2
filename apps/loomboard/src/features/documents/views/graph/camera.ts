import type { Box, Point } from './layout.ts'

/** From where a picture is seen: a point of it is drawn at `scale` times itself, plus `x` and `y`. */
export interface Camera extends Point {
  scale: number
}

const smallest = 0.2
const largest = 2.5
/** What is smaller cannot be read: rather a part of the picture. */
const readable = 0.8

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most))

/** The middle of the picture in the middle of the screen, as large as it fits and can be read. */
export function fitted(box: Box, screen: { width: number; height: number }, least = readable): Camera {
  const fits = Math.min(screen.width / box.width, screen.height / box.height)
  const scale = clamp(Math.min(fits, 1), Math.max(least, smallest), largest)
  return {
    scale,
    x: screen.width / 2 - (box.left + box.width / 2) * scale,
    y: screen.height / 2 - (box.top + box.height / 2) * scale,
  }
}

/** Nearer or farther; what is at this point of the screen stays there. */
export function zoomed({ scale, x, y }: Camera, factor: number, at: Point): Camera {
  const next = clamp(scale * factor, smallest, largest)
  const share = next / scale
  return { scale: next, x: at.x - (at.x - x) * share, y: at.y - (at.y - y) * share }
}

export function moved(camera: Camera, by: Point): Camera {
  return { ...camera, x: camera.x + by.x, y: camera.y + by.y }
}
