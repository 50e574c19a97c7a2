import { randomBytes } from 'node:crypto'

const id = (prefix: string) => `${prefix}_${randomBytes(8).toString('hex')}`

export const newSessionId = () => id('s')
export const newRunId = () => id('r')
export const newAgentId = () => id('a')
export const newEvaluationId = () => id('eval')
export const newInputId = () => id('in')
