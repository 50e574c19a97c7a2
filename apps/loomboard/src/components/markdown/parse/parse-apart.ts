import { TimedWorker } from '../budget/timed-worker.ts'
import { deepest, isNestedTooDeeply } from '../budget/weight.ts'
import type { Tree } from './tree.ts'

/** Why a text is not drawn. */
export type Refusal = 'nested' | 'large' | 'slow' | 'broken'

export interface Limits {
  ms: number
  chars: number
  nodes: number
  depth: number
}

export interface ParseRequest {
  text: string
  most: Limits
}

export type ParseAnswer = { tree: Tree } | { refused: Refusal; isFinal?: boolean }

/** What is drawn without being asked for, and what a person gets who asks for it: never so much that the page stands. */
const unasked: Limits = { ms: 5000, chars: 60_000, nodes: 4000, depth: 60 }
const asked: Limits = { ms: 30_000, chars: 2_000_000, nodes: 25_000, depth: deepest }

const worker = new TimedWorker<ParseRequest, ParseAnswer>(
  () => new Worker(new URL('./parse-worker.ts', import.meta.url), { type: 'module' }),
)
const known = new Map<string, ParseAnswer>()
const kept = 60

/** What has become of a text before. */
export function parsedApart(text: string): ParseAnswer | undefined {
  return known.get(text)
}

/** Parses where it holds nothing up, and not for ever. */
export async function parseApart(text: string, anyway = false): Promise<ParseAnswer> {
  const answer = await answerTo(text, anyway)
  known.delete(text)
  known.set(text, answer)
  if (known.size > kept) known.delete(known.keys().next().value!)
  return answer
}

async function answerTo(text: string, anyway: boolean): Promise<ParseAnswer> {
  const most = anyway ? asked : unasked
  if (isNestedTooDeeply(text)) return { refused: 'nested', isFinal: true }
  if (text.length > most.chars) return { refused: 'large', isFinal: anyway }
  const answer = (await worker.ask({ text, most }, most.ms)) ?? { refused: 'slow' }
  return 'refused' in answer ? { ...answer, isFinal: anyway } : answer
}
