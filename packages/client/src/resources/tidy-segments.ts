import { checkPicture } from '@loomcycle/proto/wire'
import type { PromptSegment } from '../types.ts'

/** With pictures as services want them. What cannot be put right goes as it is: the server says what is wrong with it. */
export function tidySegments<S extends readonly PromptSegment[] | undefined>(segments: S): S {
  if (!segments?.some(({ content }) => content.some(isImage))) return segments
  return segments.map((segment) => ({ ...segment, content: segment.content.map(tidied) })) as unknown as S
}

type Block = PromptSegment['content'][number]

const isImage = (block: Block) => block.type === 'image'

function tidied(block: Block): Block {
  if (block.type !== 'image') return block
  const picture = checkPicture(block.data)
  return typeof picture === 'string' ? block : { ...block, ...picture }
}
