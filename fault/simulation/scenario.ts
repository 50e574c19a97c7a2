import type { Aftermath } from './aftermath.ts'
import type { Client } from './client.ts'
import type { Setup } from './process.ts'

/** Something people do with the runtime; it has to come to the same end wherever the process dies on the way. */
export interface Scenario {
  name: string
  /** Anew for every trial: models may count. */
  setup(): Setup
  play(client: Client): Promise<void>
  /** What is not as it should be at the end, beyond what may never be. */
  complaints(after: Aftermath, client: Client): Iterable<string>
}
