import type { ReactNode } from 'react'
import type { AssistantProps } from '../../../components/documents/assistant.ts'

/** What stands beside a document, given by whoever puts pages together: an agent to talk to about it. */
export type AssistantSlot = (props: AssistantProps) => ReactNode
