import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { TSchema } from 'typebox'

/** What is wrong with a value: where, as keys from the outside in, and the end of a sentence that starts there. */
export interface Problem {
  path: string[]
  message: string
  /** For a key that should not be there: the ones that may. */
  known?: string[]
}

export type Check = (value: unknown) => Problem | undefined

// Our own schemas are held against the rules of schemas by their types: compiling those rules would take longer than all else.
const ajv = new Ajv2020({ strict: false, verbose: true, validateFormats: false, validateSchema: false, meta: false })

/** Compiled when first used, so that starting costs nothing for what is never called. */
export function createCheck(schema: TSchema): Check {
  let validate: ReturnType<typeof ajv.compile> | undefined
  return (value) => {
    validate ??= ajv.compile(withSafeIntegers(schema) as TSchema)
    if (validate(value)) return undefined
    const first = mostTelling(validate.errors ?? [])
    return first ? problemOf(first) : { path: [], message: 'is not valid' }
  }
}

/** Where a value may be of several types, what is wrong with it as the one that it is, rather than that it is none of the others. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const choices = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath))
  const isOfAnother = ({ keyword, instancePath }: ErrorObject) =>
    /^(type|anyOf)$/.test(keyword) && choices.has(instancePath)
  return errors.find((error) => !isOfAnother(error)) ?? errors[0]
}

/** Beyond these a number is not itself any more, and one that is stored cannot be read again. */
function withSafeIntegers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withSafeIntegers)
  if (schema === null || typeof schema !== 'object') return schema
  const members = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withSafeIntegers(value)]))
  return members.type === 'integer'
    ? { minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...members }
    : members
}

export function nearest(word: string, words: readonly string[]): string | undefined {
  const close = words
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.ceil(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)
  return close[0]?.candidate
}

function problemOf(error: ErrorObject): Problem {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer)
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {})
      return { path: [...path, String(params.additionalProperty)], message: 'is not known', known }
    }
    case 'required':
      return { path: [...path, String(params.missingProperty)], message: 'is missing' }
    case 'type':
      if (typeof error.data === 'bigint' && takesNumbers(params.type)) return { path, message: tooLarge }
      return { path, message: `must be ${article(String(params.type))}` }
    case 'enum':
      return { path, message: `must be one of ${(params.allowedValues as unknown[]).join(', ')}` }
    case 'pattern': {
      // What it says in words is easier to follow.
      const { description } = error.parentSchema as { description?: string }
      return { path, message: `${error.message}${description ? ` (${description.replace(/\.$/, '')})` : ''}` }
    }
    case 'minimum':
    case 'maximum':
      return { path, message: `must be ${params.comparison === '>=' ? 'at least' : 'at most'} ${params.limit}` }
    case 'minLength':
      return {
        path,
        message: params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} characters`,
      }
    case 'maxLength':
      return { path, message: `must have at most ${params.limit} characters` }
    case 'maxItems':
      return { path, message: `must have at most ${params.limit} items` }
    case 'minItems':
      return { path, message: params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} items` }
    default:
      return { path, message: error.message ?? 'is not valid' }
  }
}

const tooLarge = `must be between ${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}`

function takesNumbers(type: unknown): boolean {
  return [type].flat().some((one) => one === 'number' || one === 'integer')
}

function article(type: string): string {
  const words: Record<string, string> = {
    object: 'a map of keys',
    array: 'a list',
    integer: 'a whole number',
    boolean: 'true or false',
    string: 'text',
    number: 'a number',
  }
  return type
    .split(',')
    .map((one) => words[one] ?? one)
    .join(' or ')
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
