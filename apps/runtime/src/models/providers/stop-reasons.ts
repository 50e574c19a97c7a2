/** Services' words for why a turn ended, in ours. */
const STOP_REASON: Record<string, string> = {
  stop: 'end_turn',
  end_turn: 'end_turn',
  stop_sequence: 'end_turn',
  eos: 'end_turn',
  eos_token: 'end_turn',
  complete: 'end_turn',
  completed: 'end_turn',
  length: 'max_tokens',
  model_length: 'max_tokens',
  max_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  model_context_window_exceeded: 'max_tokens',
  tool_use: 'tool_use',
  tool_call: 'tool_use',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  refusal: 'refusal',
  content_filter: 'content_filter',
  'content-filter': 'content_filter',
  safety: 'content_filter',
  sensitive: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
  language: 'content_filter',
  image_safety: 'content_filter',
}

const GAVE_UP =
  /^(error|network_error|insufficient_system_resource|abort|.*malformed_function_call|malformed_response|unexpected_tool_call|too_many_tool_calls|missing_thought_signature)$/

/** Undefined where the service gave the turn up; a word that nobody knows is handed on. */
export function stopReasonOf(theirs = 'stop'): string | undefined {
  const word = theirs.toLowerCase()
  if (GAVE_UP.test(word)) return undefined
  return Object.hasOwn(STOP_REASON, word) ? STOP_REASON[word] : word
}

/** Whether a reason, in our words, says how a turn ended. */
export function isKnown(reason: string): boolean {
  return Object.values(STOP_REASON).includes(reason)
}

/** Some servers cannot read what their model calls and leave it out: the turn would end for no reason that anybody can see. */
export const CALL_LOST = 'the service says that its model calls a tool, and not which'
