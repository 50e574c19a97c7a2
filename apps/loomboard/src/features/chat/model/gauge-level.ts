import type { ContextGauge } from './types.ts'

/** How much of the model's window is taken; nothing to worry about where its size is not known. */
export function gaugeLevel({ used, max }: ContextGauge): 'calm' | 'amber' | 'red' {
  if (!max) return 'calm'
  return used / max >= 0.9 ? 'red' : used / max >= 0.7 ? 'amber' : 'calm'
}
