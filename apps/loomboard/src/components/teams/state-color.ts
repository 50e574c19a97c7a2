import { isColor, namedColors } from '@loomcycle/proto/teams'

/** What a browser draws for a color of a graph; undefined for none, and for what is no color. */
export function toCss(color: string | undefined): string | undefined {
  const named = namedColors.find((name) => name === color)
  if (named) return `var(--hue-${named})`
  return color !== undefined && isColor(color) ? color : undefined
}
