import type { ModelRequest } from '../../apps/runtime/src/models/providers/provider.ts'
import type { Tool } from '../../apps/runtime/src/tools/tool.ts'
import type { Effect } from '../../packages/proto/src/index.ts'

/** What is outside the runtime and outlives every process: what tools have done, and what models were asked. */
export class World {
  /** How often a call took effect, by run and call. */
  readonly effects = new Map<string, number>()
  readonly requests: ModelRequest[] = []
  readonly #gates = new Map<string, { open: PromiseWithResolvers<void>; entered: number }>()
  #activity = 0

  /** Changes whenever something happens out here. */
  get activity(): number {
    return this.#activity
  }

  asked(request: ModelRequest) {
    this.#activity++
    this.requests.push(structuredClone(request))
  }

  effectsOf(runId: string, toolUseId: string): number {
    return this.effects.get(`${runId} ${toolUseId}`) ?? 0
  }

  /** Lets everybody through who waits at the gate, or will. */
  open(gate: string) {
    this.#activity++
    this.#gate(gate).open.resolve()
  }

  /** Whether somebody has come to the gate. */
  wasEntered(gate: string): boolean {
    return this.#gate(gate).entered > 0
  }

  /** The tools as one process has them; what it does after its end does not happen. */
  tools(isAlive: () => boolean): Tool[] {
    const make = (name: string, options: { idempotent: boolean; effect: Effect; gate?: string }): Tool => ({
      name,
      description: name,
      inputSchema: { type: 'object', properties: {} },
      sideEffects: 'state',
      isIdempotent: () => options.idempotent,
      effectOf: () => options.effect,
      run: async ({ toolUseId, caller }) => {
        if (!isAlive()) return new Promise<never>(() => {})
        this.#activity++
        const key = `${caller.run.id} ${toolUseId}`
        this.effects.set(key, (this.effects.get(key) ?? 0) + 1)
        if (options.gate) await this.#enter(options.gate)
        this.#activity++
        return { text: resultOf(name, toolUseId) }
      },
    })
    return [
      make('Pay', { idempotent: false, effect: 'changes' }),
      make('Look', { idempotent: true, effect: 'reads' }),
      make('SlowPay', { idempotent: false, effect: 'apart', gate: 'SlowPay' }),
      make('SlowLook', { idempotent: true, effect: 'reads', gate: 'SlowLook' }),
    ]
  }

  async #enter(name: string) {
    const gate = this.#gate(name)
    gate.entered++
    await gate.open.promise
  }

  #gate(name: string) {
    let gate = this.#gates.get(name)
    if (!gate) this.#gates.set(name, (gate = { open: Promise.withResolvers(), entered: 0 }))
    return gate
  }
}

/** Tools of the world, and whether their calls may be made again. */
export const worldTools: ReadonlyMap<string, { idempotent: boolean }> = new Map([
  ['Pay', { idempotent: false }],
  ['SlowPay', { idempotent: false }],
  ['Look', { idempotent: true }],
  ['SlowLook', { idempotent: true }],
])

export function resultOf(tool: string, toolUseId: string): string {
  return `${tool} did ${toolUseId}`
}
