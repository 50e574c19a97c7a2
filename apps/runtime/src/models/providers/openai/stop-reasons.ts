/** Services' words for why a turn ended, in ours. */
const STOP_REASON: Record<string, string> = {
  stop: 'end_turn',
  length: 'max_tokens',
  model_length: 'max_tokens',
  max_output_tokens: 'max_tokens',
  tool_call: 'tool_use',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  'content-filter': 'content_filter',
  safety: 'content_filter',
  sensitive: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
}

const GAVE_UP = ['error', 'network_error', 'insufficient_system_resource', 'abort']

/** Undefined where the service gave the turn up; a word that nobody knows is handed on. */
export function stopReasonOf(theirs = 'stop'): string | undefined {
  const word = theirs.toLowerCase()
  return GAVE_UP.includes(word) ? undefined : (STOP_REASON[word] ?? word)
}
