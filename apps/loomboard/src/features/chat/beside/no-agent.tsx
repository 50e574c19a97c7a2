import { Bot } from 'lucide-react'
import { EmptyState } from '../../../components/empty-state.tsx'

/** Nobody here can change documents: how to get somebody who can. */
export function NoAgent() {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState icon={<Bot />} title="No agent here works on documents">
        Give one of your agents the tool <code className="font-mono">Document</code> in the runtime’s configuration,
        under <code className="font-mono">tools</code>, and start the runtime again. It appears here by itself.
      </EmptyState>
    </div>
  )
}
