import { jsonTooDeep, RuntimeError } from '@loomcycle/proto'
import { inOneGo, inSlices, nextSlice } from '../../../ground/in-slices.ts'
import { readJson, readLongJson } from '../../../ground/json.ts'
import { type Complaint, scanJson } from '../../../ground/json-scan.ts'

/** What is read in one step. */
const largeLength = 256 * 1024
/** Every value takes a hundred times the memory of its characters, and its time in every step. */
const mostValues = 200_000

/** The JSON object of a body; an absent or empty body counts as `{}`. A large one is read in steps, with everybody else in between. */
export async function parseJsonObject(body: unknown): Promise<Record<string, unknown>> {
  const text = typeof body === 'string' ? body : ''
  if (text.trim() === '') return {}
  if (text.length < largeLength) {
    refuse(inOneGo(scanJson(text, mostValues)))
    return await objectIn(() => readJson(text))
  }
  refuse(await inSlices(scanJson(text, mostValues)))
  const value = await objectIn(() => inSlices(readLongJson(text)))
  await nextSlice()
  return value
}

function refuse(complaint: Complaint | undefined) {
  if (complaint === 'too deep') throw new RuntimeError('invalid_json', `bad json: ${jsonTooDeep}`)
  if (complaint === 'too many values') {
    throw new RuntimeError('payload_too_large', `The body holds more than ${mostValues} values; send it in parts.`)
  }
}

async function objectIn(read: () => unknown): Promise<Record<string, unknown>> {
  let value: unknown
  try {
    value = await read()
  } catch (error) {
    throw new RuntimeError('invalid_json', `bad json: ${(error as Error).message}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new RuntimeError('invalid_json', 'bad json: the body must be an object')
  }
  return value as Record<string, unknown>
}
