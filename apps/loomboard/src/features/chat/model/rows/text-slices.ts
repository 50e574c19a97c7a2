import {
  type Block,
  BlockSplitter,
  needsWholeText,
  splitBlocks,
  usesReferences,
} from '../../../../components/markdown/blocks/split-blocks.ts'
import type { TextPart } from '../types.ts'

/** Texts up to here are one row. */
const longText = 8000
const slice = { chars: 4000, blocks: 60 }
/** What grows is cut much later: most answers never are. */
const growingSlice = { chars: 64_000, blocks: 150 }

/** A long answer in parts that are drawn one by one as they come near, so that opening it takes one screen's work. */
export function sliceText(part: TextPart): readonly TextPart[] {
  if (part.open || part.text.length <= longText || needsWholeText(part.text)) return [part]
  const { blocks, definitions } = splitBlocks(part.text)
  const starts = new SliceStarts(slice)
  starts.update(blocks)
  return starts.list.map((start, i) => {
    const end = starts.list[i + 1] ?? part.text.length
    const text = part.text.slice(start, end)
    const own = definitions && end < part.text.length && usesReferences(text) ? `${text}\n\n${definitions}` : text
    return { ...part, id: i === 0 ? part.id : `${part.id}.${i}`, text: own }
  })
}

/** Where slices begin. While a text grows, only the last of them changes. */
class SliceStarts {
  readonly list: number[] = []
  private readonly most: typeof slice
  private seen = 0
  private blocks = 0

  constructor(most: typeof slice) {
    this.most = most
  }

  update(blocks: readonly Block[]): void {
    for (; this.seen < blocks.length; this.seen++) {
      const { start } = blocks[this.seen]!
      const from = this.list.at(-1)
      if (from === undefined || start - from >= this.most.chars || this.blocks >= this.most.blocks) {
        this.list.push(start)
        this.blocks = 0
      }
      this.blocks++
    }
  }
}

interface Growing {
  splitter: BlockSplitter
  starts: SliceStarts
  slices: TextPart[]
  seen: string
}

const growing = new Map<string, Growing>()
const kept = 8

/** A very long answer that has grown before somebody's eyes, in parts: all but the last are done, and stay the same. */
export function sliceGrowing(part: TextPart): readonly TextPart[] {
  const { id, text } = part
  if (text.length <= growingSlice.chars / 2 || needsWholeText(text)) return [part]
  const known = growing.get(id)
  const state = known && isContinued(known, text) ? known : begin(id)
  const { splitter, starts, slices } = state
  state.seen = text
  splitter.update(text)
  starts.update(splitter.blocks)
  // One block, and that is not done.
  if (starts.list.length === 0) return [part]
  return starts.list.map((start, i) => {
    const end = starts.list[i + 1]
    if (end === undefined) return { ...part, id: i === 0 ? id : `${id}.${i}`, text: text.slice(start) }
    slices[i] ??= { ...part, id: i === 0 ? id : `${id}.${i}`, text: text.slice(start, end), open: false }
    return slices[i]
  })
}

function begin(id: string): Growing {
  const fresh = { splitter: new BlockSplitter(), starts: new SliceStarts(growingSlice), slices: [], seen: '' }
  growing.delete(id)
  growing.set(id, fresh)
  if (growing.size > kept) growing.delete(growing.keys().next().value!)
  return fresh
}

/** Ids are those of a conversation; another one may have the same. */
function isContinued({ seen }: Growing, text: string): boolean {
  const from = Math.max(0, seen.length - 200)
  return text.length >= seen.length && text.startsWith(seen.slice(from), from)
}
