import { onDemand } from '../../../../lib/on-demand.ts'
import { readerPart } from '../../model/view/reader-part.ts'

/** What draws a conversation, once what reads it is here too: not needed before there is one. */
export const transcriptPart = onDemand(async () => {
  const [{ Transcript }] = await Promise.all([import('./transcript.tsx'), readerPart.load()])
  return Transcript
})
