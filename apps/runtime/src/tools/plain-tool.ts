import { type Effect, given, RuntimeError } from '@loomcycle/proto'
import type { Static, TObject } from 'typebox'
import { ToolError } from '../ground/tool-error.ts'
import { createCheck } from '../ground/validation.ts'
import type { SideEffects, Tool, ToolCall, ToolOutput } from './tool.ts'

export interface PlainTool<I extends TObject> {
  name: string
  description: string
  input: I
  sideEffects: SideEffects
  /** Calls that only read are simply made again where nobody knows what became of them; others are not. */
  effect: Exclude<Effect, 'apart'>
  /** As in `Tool`. */
  cameTo?(input: Static<I>, call: Omit<ToolCall, 'input'>): Promise<string | undefined>
  run(input: Static<I>, call: Omit<ToolCall, 'input'>): Promise<string | ToolOutput>
}

/** A tool that is one verb: its input is read and checked like that of an op. */
export function plainTool<I extends TObject>({
  name,
  description,
  input,
  sideEffects,
  effect,
  cameTo,
  run,
}: PlainTool<I>): Tool {
  const check = createCheck(input)
  const { title: _, ...schema } = input as I & { title?: string }
  const read = (sent: unknown): Static<I> => {
    const { value } = given(input, sent)
    const problem = check(value)
    if (problem) throw new ToolError(`${problem.path.join('.') || 'the input'} ${problem.message}`)
    return value as Static<I>
  }
  return {
    name,
    description,
    inputSchema: { ...schema, additionalProperties: false },
    sideEffects,
    isIdempotent: () => effect === 'reads',
    effectOf: () => effect,
    async cameTo({ input: sent, ...call }) {
      const text = await cameTo?.(read(sent), call)
      return text === undefined ? undefined : { text }
    },
    async run({ input: sent, ...call }) {
      call.signal.throwIfAborted()
      const value = read(sent)
      try {
        const answer = await run(value, call)
        return typeof answer === 'string' ? { text: answer } : answer
      } catch (error) {
        throw error instanceof RuntimeError ? new ToolError(error.message, { cause: error }) : error
      }
    },
  }
}
