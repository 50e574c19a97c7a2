import type { ComponentProps } from 'react'
import { LinesLoading } from '../components/lines-loading.tsx'
import type { AssistantPanel } from '../features/chat/beside/assistant-panel.tsx'
import type { AssistantSlot } from '../features/documents/assistant/slot.ts'
import { onDemand, useOnDemand } from '../lib/on-demand.ts'

const part = onDemand(() => import('../features/chat/beside/assistant-panel.tsx').then((m) => m.AssistantPanel))

/** The chat beside a document; its code comes when somebody opens it. */
function Assistant(props: ComponentProps<typeof AssistantPanel>) {
  const Panel = useOnDemand(part, true)
  return Panel ? <Panel {...props} /> : <LinesLoading label="Loading the assistant" />
}

export const assistant: AssistantSlot = (props) => <Assistant {...props} />
