import type { ReactNode } from 'react'
import type { About } from './about.ts'

/** What stands beside a document, given by whoever puts pages together: an agent to talk to about it. */
export type AssistantSlot = (props: {
  documentId: string
  /** `new`, or the conversation that goes on. */
  session: string
  about: About
  /** The document as a whole, where something in it is meant otherwise. */
  whole?: About
  focused: boolean
  onSession: (session: string) => void
  onClose: () => void
}) => ReactNode
