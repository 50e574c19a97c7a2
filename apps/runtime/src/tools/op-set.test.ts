import { op, opSet, RuntimeError } from '@loomcycle/proto'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { ToolError } from '../ground/tool-error.ts'
import { serveOps } from './op-set.ts'
import { opTool } from './op-tool.ts'
import { aCaller, aToolCaller } from './testing/a-caller.ts'

const set = opSet({
  tool: 'Shelf',
  description: 'Keeps things.',
  access: 'any',
  ops: {
    put: op({
      name: 'put',
      description: 'Put a thing.',
      idempotent: false,
      effect: 'changes',
      input: Type.Object({ thing: Type.Unknown(), place: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })) }),
      output: Type.Object({ put: Type.Unknown(), place: Type.Integer() }),
    }),
    take: op({
      name: 'take',
      description: 'Take a thing.',
      idempotent: true,
      effect: 'reads',
      input: Type.Object({ side: Type.Enum(['left', 'right']) }),
      output: Type.Object({}),
    }),
  },
})

const implementations = {
  put: async (_: unknown, { thing, place = 1 }: { thing: unknown; place?: number }) => {
    if (typeof thing === 'string' && thing.length > 1000) throw new ToolError(`there is no room for ${thing}`)
    return { put: thing, place }
  },
  take: async () => {
    throw new ToolError('the shelf is empty')
  },
}
const shelf = serveOps(set, implementations, { sideEffects: 'state' })
const tool = opTool(shelf)
const somebody = aCaller()

describe('op dispatch', () => {
  it('runs the op that the input names', async () => {
    expect(await shelf.dispatch(somebody, { op: 'put', thing: 'vase', place: 2 })).toEqual({ put: 'vase', place: 2 })
  })

  it('takes null for an option that is left out, and for a value that is required', async () => {
    expect(await shelf.dispatch(somebody, { op: 'put', thing: null, place: null })).toEqual({ put: null, place: 1 })
  })

  it.each([
    [{ op: 'put' }, 'put: thing is missing'],
    [{ op: 'put', thing: 1, place: 9 }, 'put: place must be at most 3'],
    [{ op: 'put', thing: 1, place: 'top' }, 'put: place must be a whole number'],
    [{ op: 'take', side: 'front' }, 'take: side must be one of left, right'],
    [{ op: 'take', side: 'left' }, 'take: the shelf is empty'],
    [{ op: 'push' }, '"push": Shelf has no such op; it has put, take'],
    [{ op: 'constructor' }, '"constructor": Shelf has no such op; it has put, take'],
    [{ op: 7 }, 'Shelf: "op" is missing; it is one of put, take'],
    [null, 'Shelf: "op" is missing; it is one of put, take'],
    [['put'], 'Shelf: "op" is missing; it is one of put, take'],
    ['put', 'Shelf: "op" is missing; it is one of put, take'],
  ])('refuses %j', async (input, reason) => {
    const refusal = await shelf.dispatch(somebody, input).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(RuntimeError)
    expect(refusal).toMatchObject({ code: 'tool_refused', message: reason, fields: { tool: 'Shelf' } })
  })

  it('quotes no more of what was given than one can read', async () => {
    const side = 'x'.repeat(1_000_000)
    const told = async (input: object) => String(await shelf.dispatch(somebody, input).catch((error) => error.message))
    expect(await told({ op: 'put', thing: side })).toMatch(/^put: there is no room for x{3900,4000}…$/)
    expect(await told({ op: side })).toMatch(/^"x{40}…": Shelf has no such op/)
  })

  it('tells a model the same in the same words', async () => {
    const call = {
      toolUseId: 'call_1',
      input: { op: 'take', side: 'left' },
      caller: aToolCaller(),
      signal: new AbortController().signal,
    }
    await expect(tool.run(call)).rejects.toMatchObject({ name: 'ToolError', message: 'take: the shelf is empty' })
  })
})

describe('op tool', () => {
  it('answers with JSON', async () => {
    const call = {
      toolUseId: 'call_1',
      input: { op: 'put', thing: { a: 1 } },
      caller: aToolCaller(),
      signal: new AbortController().signal,
    }
    expect(await tool.run(call)).toEqual({ text: '{"put":{"a":1},"place":1}' })
  })

  it('does not begin once the run has been stopped', async () => {
    const call = {
      toolUseId: 'call_1',
      input: { op: 'put', thing: 1 },
      caller: aToolCaller(),
      signal: AbortSignal.abort(),
    }
    await expect(tool.run(call)).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('knows which calls may be made again', () => {
    expect(tool.isIdempotent({ op: 'take' })).toBe(true)
    expect(tool.isIdempotent({ op: 'put' })).toBe(false)
    expect(tool.isIdempotent({ op: 'refused anyway' })).toBe(true)
  })

  it('knows what a call has to do with others', () => {
    expect(['take', 'put', 'refused anyway'].map((op) => tool.effectOf({ op }))).toEqual(['reads', 'changes', 'reads'])
  })
})
