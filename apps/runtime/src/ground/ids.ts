import { randomFillSync } from 'node:crypto'

/** Asking the system costs about the same for one id as for hundreds. */
const pool = Buffer.alloc(4096)
let used = pool.length

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytes
  return pool.toString('hex', used - bytes, used)
}

const id = (prefix: string, bytes = 8) => `${prefix}_${randomHex(bytes)}`

/** As W3C has them. */
export const newTraceId = () => randomHex(16)
export const newSessionId = () => id('s')
export const newRunId = () => id('r')
export const newAgentId = () => id('a')
export const newEvaluationId = () => id('eval')
export const newInputId = () => id('in')
export const newInterruptId = () => id('intr', 12)
export const newTeamRunId = () => id('trun')
export const newBrowserSessionId = () => id('bs')

/** The prefix tells of what. */
export const newDefinitionId = (prefix: 'def' | 'sdf' | 'tdf') => id(prefix)
export const newDerivedSuffix = () => randomHex(8)
/** Of a request to a model without a run. */
export const newGatewayId = () => id('req')
