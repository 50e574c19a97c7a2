import type { Message } from '../../models/providers/provider.ts'

const bytesPerToken = 4
/** What services count for a picture, about. */
const pictureTokens = 1500

type Block = Message<unknown>['content'][number]

/** Blocks do not change, and a long conversation is measured before every turn. */
const measured = new WeakMap<Block, number>()

/** By bytes, since what is not written in Latin letters takes about as many more tokens as it takes bytes. */
export function tokensOf(text: string): number {
  return Buffer.byteLength(text) / bytesPerToken
}

export function estimateTokens(messages: readonly Message<unknown>[]): number {
  let tokens = 0
  for (const message of messages) tokens += tokensOfContent(message.content)
  return Math.ceil(tokens)
}

export function tokensOfContent(content: readonly Block[]): number {
  let tokens = 0
  for (const block of content) tokens += tokensOfBlock(block)
  return tokens
}

export function tokensOfBlock(block: Block): number {
  let tokens = measured.get(block)
  if (tokens === undefined) {
    tokens = measure(block)
    measured.set(block, tokens)
  }
  return tokens
}

function measure(block: Block): number {
  switch (block.type) {
    case 'text':
    case 'tool_result':
      return tokensOf(block.text)
    case 'tool_use':
      return tokensOf(JSON.stringify(block.input) ?? '')
    case 'image':
      return pictureTokens
  }
}
