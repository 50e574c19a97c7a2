/** What somebody looks at: in a few words for them, in references for an agent. */
export interface About {
  words: string
  references: string
}

/** Of a conversation beside a document; features know one another only through whoever puts pages together. */
export interface AssistantProps {
  documentId: string
  /** `new`, or the session that goes on. */
  session: string
  /** What is selected, open, or else seen; and the document as a whole, where that is something else. */
  about: About
  whole?: About
  /** Somebody has just opened it, and wants to write. */
  focused: boolean
  onSession: (session: string) => void
  onClose: () => void
}
