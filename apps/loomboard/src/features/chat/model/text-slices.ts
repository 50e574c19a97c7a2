import { type Block, needsWholeText, splitBlocks, usesReferences } from '../../../components/markdown/split-blocks.ts'
import type { TextPart } from './types.ts'

/** Texts up to here are one row. */
const longText = 8000
const slice = 4000

/** A long answer in parts that are drawn one by one as they come near, so that opening it takes one screen's work. */
export function sliceText(part: TextPart): readonly TextPart[] {
  if (part.open || part.text.length <= longText || needsWholeText(part.text)) return [part]
  const { blocks, definitions } = splitBlocks(part.text)
  const groups: Block[][] = []
  let size = slice
  for (const block of blocks) {
    if (size >= slice) {
      groups.push([])
      size = 0
    }
    groups.at(-1)!.push(block)
    size += block.text.length
  }
  return groups.map((group, i) => {
    const end = groups[i + 1]?.[0]?.start ?? part.text.length
    const text = part.text.slice(group[0]!.start, end)
    const own = definitions && i < groups.length - 1 && usesReferences(text) ? `${text}\n\n${definitions}` : text
    return { ...part, id: i === 0 ? part.id : `${part.id}.${i}`, text: own }
  })
}
