import type { Effort, Sampling } from '@loomcycle/proto'
import type { AnswerFormat, Message, SystemBlock, ToolChoice, ToolSpec } from '../../models/providers/provider.ts'

/** What a program asks, in our words. */
export interface ChatRequest {
  wanted: WantedModel
  /** For whom, as the program says. */
  userId: string | undefined
  system: SystemBlock[]
  /** What an assistant's turn has of its thinking is in the words that were shown. */
  messages: Message[]
  tools: ToolSpec[]
  toolChoice?: ToolChoice
  oneCall?: boolean
  format?: AnswerFormat
  maxTokens?: number
  effort?: Effort
  sampling: Sampling
  /** Members that nobody is told of. */
  ignored: readonly string[]
}

export interface WantedModel {
  provider?: string | undefined
  model?: string | undefined
  tier?: string | undefined
  userTier?: string | undefined
}
