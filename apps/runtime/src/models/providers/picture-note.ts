/** A picture has no place in a turn's text; that there was one must not be lost. */
export function pictureNote(url?: unknown): string {
  const isAddress = typeof url === 'string' && /^https?:/.test(url)
  return `\n\n[The model sent a picture, which is not kept${isAddress ? `: ${url}` : '.'}]\n\n`
}
