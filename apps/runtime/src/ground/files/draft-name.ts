import { randomBytes } from 'node:crypto'

/** What stands for something that is being written or removed, until it has its name or is gone; nobody is shown it. */
export const draftPrefix = '.loomcycle-draft-'

export const newDraftName = (of = '') => `${draftPrefix}${of}${randomBytes(9).toString('hex')}`
