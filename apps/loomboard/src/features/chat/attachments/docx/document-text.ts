import type { ReadText } from '../attachment.ts'
import { LeftOut } from './left-out.ts'
import { MarkdownWriter } from './markdown-writer.ts'
import { numbering } from './numbering.ts'
import type { Parts } from './parts.ts'
import { stylesOf } from './styles.ts'
import { childOf, descendants, type Element } from './xml.ts'

export async function documentText({ document, related, targets }: Parts): Promise<ReadText> {
  const [styles, numbers, footnotes, endnotes, comments, headers, footers] = await Promise.all([
    related('styles'),
    related('numbering'),
    related('footnotes'),
    related('endnotes'),
    related('comments'),
    related('header'),
    related('footer'),
  ])
  const leftOut = new LeftOut()
  const writer = new MarkdownWriter(stylesOf(styles[0]), numbering(numbers[0]), targets, leftOut)
  const parts = [
    writer.blocks(childOf(document, 'w:body') ?? document),
    writer.notes('footnote', byId(footnotes, 'w:footnote')),
    writer.notes('endnote', byId(endnotes, 'w:endnote')),
    writer.notes('comment', byId(comments, 'w:comment')),
    writer.pageEnds('page header', headers),
    writer.pageEnds('page footer', footers),
  ]
  const text = parts
    .map((lines) => lines.join('\n'))
    .filter(Boolean)
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return { text, notes: leftOut.sentences() }
}

function byId(parts: readonly Element[], name: string): Map<string, Element> {
  return new Map(
    parts.flatMap((part) => [...descendants(part, name)].map((one) => [one.attributes['w:id'] ?? '', one])),
  )
}
