import type { HelpTopic } from '../../../ground/config/config.ts'

/** Of the runtime itself. Names of ops and settings stand between backticks, an op behind its tool. */
export interface Topic extends HelpTopic {
  /** What it explains. */
  tools?: readonly string[]
}
