import { TimedWorker } from '../budget/timed-worker.ts'
import type { Refusal } from '../parse/parse-apart.ts'

export interface FormulaRequest {
  tex: string
  display: boolean
  /** Characters of what comes of it: about fifty an element. */
  most: number
}

export type FormulaAnswer = { html: string } | { refused: Refusal }

const unasked = { ms: 3000, chars: 20_000, most: 150_000 }
const asked = { ms: 15_000, chars: 100_000, most: 1_000_000 }

const worker = new TimedWorker<FormulaRequest, FormulaAnswer>(
  () => new Worker(new URL('./formula-worker.ts', import.meta.url), { type: 'module' }),
)
const known = new Map<string, FormulaAnswer>()
const kept = 60

const keyOf = (tex: string, display: boolean) => `${display ? 'display' : 'inline'} ${tex}`

/** What has come of a formula before. */
export function formulaApart(tex: string, display: boolean): FormulaAnswer | undefined {
  return known.get(keyOf(tex, display))
}

/** Sets a formula where it holds nothing up, and not for ever. */
export async function setApart(tex: string, display: boolean, anyway = false): Promise<FormulaAnswer> {
  const { ms, chars, most } = anyway ? asked : unasked
  const answer: FormulaAnswer =
    tex.length > chars ? { refused: 'large' } : ((await worker.ask({ tex, display, most }, ms)) ?? { refused: 'slow' })
  known.set(keyOf(tex, display), answer)
  if (known.size > kept) known.delete(known.keys().next().value!)
  return answer
}
