import katex from 'katex'

/** Undefined for what is no TeX. */
export function toHtml(tex: string, displayMode: boolean): string | undefined {
  try {
    return katex.renderToString(tex, { displayMode, trust: false, strict: 'ignore', maxSize: 40, maxExpand: 500 })
  } catch {
    return undefined
  }
}
