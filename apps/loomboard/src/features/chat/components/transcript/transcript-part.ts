import { onDemand } from '../../../../lib/on-demand.ts'

/** What draws a conversation: not needed before there is one. */
export const transcriptPart = onDemand(() => import('./transcript.tsx').then((module) => module.Transcript))
