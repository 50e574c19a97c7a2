/** How the bars of each series are filled: by a hue, and by lines for whoever tells no hues apart. */
export interface Fill {
  hue: string
  /** Lines over the hue; none for the first. */
  lines: 'none' | 'rising' | 'falling' | 'level' | 'dots' | 'upright'
}

const fills: readonly Fill[] = [
  { hue: '--hue-green', lines: 'none' },
  { hue: '--hue-blue', lines: 'rising' },
  { hue: '--hue-amber', lines: 'dots' },
  { hue: '--hue-violet', lines: 'falling' },
  { hue: '--hue-teal', lines: 'level' },
  { hue: '--hue-slate', lines: 'upright' },
]

export const fillOf = (n: number): Fill => fills[n % fills.length]!

const tile = 8

/** The paths of the lines, in a tile of 8 by 8. */
export const linePaths: Record<Fill['lines'], string> = {
  none: '',
  rising: 'M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6',
  falling: 'M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2',
  level: 'M0 4 L8 4',
  upright: 'M4 0 L4 8',
  dots: 'M3 4 L5 4 M-1 0 L1 0 M7 0 L9 0 M-1 8 L1 8 M7 8 L9 8',
}

/** A fill to draw with; `color` gives the value of a token. */
export function canvasFill(fill: Fill, color: (token: string) => string): CanvasPattern | string {
  const hue = color(fill.hue)
  if (fill.lines === 'none') return hue
  const scale = devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = tile * scale
  canvas.height = tile * scale
  const context = canvas.getContext('2d')
  if (!context) return hue
  context.scale(scale, scale)
  context.fillStyle = hue
  context.fillRect(0, 0, tile, tile)
  context.strokeStyle = color('--bg')
  context.lineWidth = 1.5
  context.stroke(new Path2D(linePaths[fill.lines]))
  return context.createPattern(canvas, 'repeat') ?? hue
}
