import { onDemand } from '../../../../lib/on-demand.ts'

/** The editor of texts: as heavy as all the rest of a card. */
export const sourceEditor = onDemand(() => import('./source-editor.tsx').then(({ SourceEditor }) => SourceEditor))
/** What cannot tell where letters stand has a plain field. */
export const canMeasure = typeof Range !== 'undefined' && 'getClientRects' in Range.prototype
