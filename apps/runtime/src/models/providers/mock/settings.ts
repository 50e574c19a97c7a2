/** How the load-test provider behaves. */
export interface MockSettings {
  latencyMs: number
  latencyJitterMs: number
  /** Share of calls that are refused, from 0 to 1. */
  rate429: number
  rate500: number
}
