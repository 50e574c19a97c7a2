import type { Moment } from '../moment.ts'
import { memberAt } from '../template.ts'
import type { ScriptedTurn } from '../turn.ts'

export interface Scene {
  /** What a person says to get here. */
  heard: RegExp
  /** One after the other, with what the tools answered meanwhile; the last one ends the scene. */
  turns: ((moment: Moment) => ScriptedTurn)[]
}

/** What the nth call since the person spoke brought, or undefined where it failed or was something else. */
export function found(moment: Moment, call: number, ...path: string[]): unknown {
  const result = moment.results[call]
  return result && !result.isError ? memberAt(result.value, path) : undefined
}

export function failure(moment: Moment, call: number): string | undefined {
  const result = moment.results[call]
  return result?.isError ? result.text : undefined
}

export type { Moment }
