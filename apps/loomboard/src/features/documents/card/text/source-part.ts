import { useStore } from '../../../../lib/browser/store.ts'
import { connection } from '../../../../lib/client.ts'
import { onDemand, useOnDemand } from '../../../../lib/on-demand.ts'

/** As heavy as all the rest of a card. */
const sourceEditor = onDemand(() => import('./source-editor.tsx').then(({ SourceEditor }) => SourceEditor))
/** What cannot tell where letters stand has a plain field. */
const canMeasure = typeof Range !== 'undefined' && 'getClientRects' in Range.prototype

/** The editor of texts, once its code is here; without a network a plain field does as well. */
export function useSourceEditor(wanted: boolean) {
  const isLive = useStore(connection.state).kind === 'live'
  return useOnDemand(sourceEditor, wanted, { held: !canMeasure || !isLive })
}
