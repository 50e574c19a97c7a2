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

/** A tool that answers when the test lets it, and counts how often it was run. */
export function gatedTool(name: string, at: Gate, options: { idempotent?: boolean } = {}): Tool & { runs: number } {
  return {
    name,
    description: `${name} of the test`,
    inputSchema: { type: 'object', properties: {} },
    sideEffects: 'state',
    runs: 0,
    isIdempotent: () => options.idempotent ?? false,
    async run() {
      this.runs++
      return { text: await at.enter() }
    },
  }
}
