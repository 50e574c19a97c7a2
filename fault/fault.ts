/** A way to hurt the runtime, and what must still be true afterwards. */
export interface Fault {
  name: string
  run(options: FaultOptions): Promise<Outcome[]>
}

export interface FaultOptions {
  /** Everything that is left to chance comes from it. */
  seed: number
  /** Only this case of the fault, as its outcomes name it. */
  only?: string | undefined
  /** How much instead of the usual: kills, cycles, random cases. */
  count?: number | undefined
}

export interface Outcome {
  what: string
  /** How often, and what else is worth knowing. */
  tried: string
  violations: Violation[]
}

/** Something that must never be, and how to see it again. */
export interface Violation {
  case: string
  what: string
}
