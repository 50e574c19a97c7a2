/** Names of the frames of a run's stream. */
export const eventTypes = [
  'session',
  'agent',
  'started',
  'text',
  'thinking',
  'text_was_thinking',
  'tool_call',
  'tool_result',
  'usage',
  'retry',
  'provider_fallback',
  'steer',
  'input_returned',
  'awaiting_input',
  'turn_cancelled',
  'context_compaction',
  'request_adjusted',
  'interruption_pending',
  'interruption_resolved',
  'channel_publish',
  'channel_delivery',
  'spawn_child_started',
  'spawn_child_result',
  'child',
  'done',
  'error',
  'gap',
  'notice',
] as const

/** Run ends: nothing follows one of these in the log of a run. */
export const terminalStatuses = ['completed', 'failed', 'cancelled'] as const
