import type { FaultOptions, Outcome } from '../fault.ts'
import { heavyDocumentRequests, waitsDuring } from './heavy-documents.ts'
import { told, tooLong } from './waits.ts'

const mostMemoryMb = 512
/** A machine that does other things as well holds everybody up now and then. */
const usualRounds = 2

type Request = (typeof heavyDocumentRequests)[number]

/** Nobody waits for somebody else's request about documents, nor pays for it. */
export async function documentRequests({ only, count = usualRounds }: FaultOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const request of heavyDocumentRequests) {
    if (only && !request.what.includes(only)) continue
    let outcome = await tried(request)
    for (let round = 1; round < count && outcome.violations.length > 0; round++) outcome = await tried(request)
    outcomes.push(outcome)
    console.log(`  ${outcome.what}: ${outcome.tried}`)
  }
  return outcomes
}

async function tried(request: Request): Promise<Outcome> {
  const { idle, during, took, status } = await waitsDuring(request)
  const wrong = [
    ...tooLong(during, idle),
    ...(during.peakMb > mostMemoryMb ? [`the process had ${during.peakMb.toFixed()} MB`] : []),
    ...during.probe.refused.slice(0, 2).map((refused) => `small requests were refused: ${refused}`),
    ...(status >= 500 ? [`the answer was ${status}`] : []),
  ]
  return {
    what: request.what,
    tried: `${told(during)}, ${(took / 1000).toFixed(1)} s, ${request.times ?? 1}× ${status}`,
    violations: wrong.map((what) => ({ case: request.what, what })),
  }
}
