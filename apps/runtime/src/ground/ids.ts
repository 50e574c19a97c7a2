import { randomBytes } from 'node:crypto'

const id = (prefix: string, bytes = 8) => `${prefix}_${randomBytes(bytes).toString('hex')}`

/** As W3C has them. */
export const newTraceId = () => randomBytes(16).toString('hex')
export const newSessionId = () => id('s')
export const newRunId = () => id('r')
export const newAgentId = () => id('a')
export const newEvaluationId = () => id('eval')
export const newInputId = () => id('in')
export const newInterruptId = () => id('intr', 12)
export const newBrowserSessionId = () => id('bs')
