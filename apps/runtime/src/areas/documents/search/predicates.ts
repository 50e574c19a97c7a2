import { fitsInteger } from '../../../ground/json.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { FieldPredicate } from '../store/query.ts'

/** Refuses a condition that would hold of everything, or of nothing, whatever the fields are. */
export function requirePredicates(where: readonly FieldPredicate[]): void {
  for (const predicate of where) {
    const problem = problemOf(predicate)
    if (problem) throw new ToolError(`where: ${problem}`)
  }
}

function problemOf({ field, is, value }: FieldPredicate): string | undefined {
  if (field === '') return 'the name of a field is empty'
  switch (is) {
    case 'set':
    case 'unset':
      return undefined
    case 'in':
      return Array.isArray(value) ? value.map(tooLarge).find(Boolean) : `"${field}" in needs a list of values`
    case 'contains':
      return value === '' || isMissing(value) ? `"${field}" contains needs a text to look for` : undefined
    default:
      return isMissing(value) ? `"${field}" ${is} needs a value; what has none is found with unset` : tooLarge(value)
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

function tooLarge(value: unknown): string | undefined {
  if (typeof value !== 'bigint' || fitsInteger(value)) return undefined
  return `${value} has more digits than fields are compared by, which is 64 bits; keep such numbers as text`
}
