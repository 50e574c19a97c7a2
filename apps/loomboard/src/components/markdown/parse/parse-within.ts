import type { Limits, ParseAnswer } from './parse-apart.ts'
import { measureTree, toTree } from './tree.ts'

/** The browser lays a paragraph out as a whole. */
const mostInOne = 20_000

/** The tree of a text, or why it is not to be drawn. */
export function parseWithin(text: string, most: Pick<Limits, 'nodes' | 'depth'>): ParseAnswer {
  try {
    const tree = toTree(text)
    const { nodes, depth, longest } = measureTree(tree)
    if (depth > most.depth) return { refused: 'nested' }
    return nodes > most.nodes || longest > mostInOne ? { refused: 'large' } : { tree }
  } catch {
    // There is no other way for it to fail than to run out of stack.
    return { refused: 'nested' }
  }
}
