import { onDemand } from '../../../../lib/on-demand.ts'

/** What reads events: not needed before the first has come. */
export const readerPart = onDemand(() => import('./reader.ts'))
