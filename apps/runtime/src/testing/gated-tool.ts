import type { Effect } from '@loomcycle/proto'
import type { Tool } from '../tools/tool.ts'

export interface Gate {
  /** Resolves when somebody waits at the gate. */
  entered: Promise<void>
  enter(): Promise<string>
  open(answer: string): void
}

export function gate(): Gate {
  const entered = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<string>()
  return {
    entered: entered.promise,
    enter() {
      entered.resolve()
      return answer.promise
    },
    open: answer.resolve,
  }
}

interface GatedOptions {
  idempotent?: boolean
  effect?: Effect
}

/** A tool that answers when the test lets it, and counts how often it was run. Nobody waits for it unless it says so. */
export function gatedTool(
  name: string,
  at: Gate,
  { idempotent = false, effect = 'apart' }: GatedOptions = {},
): Tool & { runs: number } {
  return {
    name,
    description: `${name} of the test`,
    inputSchema: { type: 'object', properties: {} },
    sideEffects: 'state',
    runs: 0,
    isIdempotent: () => idempotent,
    effectOf: () => effect,
    async run() {
      this.runs++
      return { text: await at.enter() }
    },
  }
}
