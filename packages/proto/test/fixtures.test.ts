import { readdirSync, readFileSync } from 'node:fs'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { type ErrorCode, errorTable, eventTypes, RunEvent, Transcript } from '../src/index.ts'

const folder = new URL('../fixtures/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const numbered = readdirSync(folder).filter((name) => name.endsWith('.sse') && name !== 'unnumbered-stream.sse')

/** Frames as the server writes them: an optional id, the event's name, one line of data. */
function frames(text: string): Array<{ id: number | undefined; event: string; data: { type: string } }> {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const [, id, event = '', data = ''] = /^(?:id: (\d+)\n)?event: (\w+)\ndata: (.+)$/.exec(block) ?? []
      return { id: id === undefined ? undefined : Number(id), event, data: JSON.parse(data) }
    })
}

function mistakes(schema: TSchema, value: unknown): unknown[] {
  return [...Value.Errors(schema, value)]
}

describe.each(numbered)('%s', (name) => {
  const recorded = frames(read(name))

  test('holds run events of the contract', () => {
    for (const { event, data } of recorded) {
      expect(data.type).toBe(event)
      expect(mistakes(RunEvent, data)).toEqual([])
    }
  })

  test('numbers its durable frames upwards, and only those', () => {
    // A notice stands at the place of the event before it.
    const durable = recorded.filter(({ event }) => event !== 'notice')
    const ids = durable.flatMap(({ id }) => id ?? [])
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, event } of durable) {
      expect(id === undefined, event).toBe(['session', 'agent', 'gap', 'child'].includes(event))
    }
  })
})

test('the recordings show every event there is', () => {
  const shown = new Set(numbered.flatMap((name) => frames(read(name)).map(({ event }) => event)))
  expect([...shown].sort()).toEqual([...eventTypes].sort())
})

test('transcript.json holds a transcript', () => {
  expect(mistakes(Transcript, JSON.parse(read('transcript.json')).response.body)).toEqual([])
})

test('errors.json agrees with the table of errors', () => {
  for (const { response, error } of JSON.parse(read('errors.json'))) {
    const entry = errorTable[error.code as ErrorCode]
    expect(entry.status, error.code).toBe(response.status)
    expect(response.headers['Loomcycle-Error']).toBe(error.code)
    const isPlain = response.headers['Content-Type'].startsWith('text/plain')
    if (entry.envelope !== 'route') expect(entry.envelope).toBe(isPlain ? 'plain' : 'json')
    if (!isPlain) expect(response.body.code).toBe(error.code)
  }
})
