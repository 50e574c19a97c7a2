/** Markdown without its marks, about as it is read. */
export function toPlain(markdown: string): string {
  return markdown
    .replace(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replace(/^ {0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+/gm, '')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/\*{1,3}|~~|`+/g, '')
    .replace(/(?<!\w)_{1,3}|_{1,3}(?!\w)/g, '')
}

/** As somebody would read it out: what is meant for the eye alone is named, not spelled. */
export function toSpoken(markdown: string): string {
  const told = markdown
    .replace(/^[ \t]*(```|~~~).*\r?\n[\s\S]*?(?:^[ \t]*\1.*$|$(?![\s\S]))/gm, 'Code block.')
    .replace(/^[ \t]*(?:\|[ \t]*)?(?::?-+:?[ \t]*\|[ \t]*)+(?::?-+:?[ \t]*)?$/gm, '')
    .replace(
      /^[ \t]*\|(.*)\|[ \t]*$/gm,
      (_, cells: string) =>
        `${cells
          .split('|')
          .map((cell) => cell.trim())
          .join(', ')}.`,
    )
    .replace(/https?:\/\/[^\s)\]]+/g, (url) => new URL(url).hostname)
  return toPlain(told).replace(/\s+/g, ' ').trim()
}
