import { isMembers } from '../content-said.ts'

type Members = Record<string, unknown>

/** Files are written by others: what is not of its kind is as if it were not there. */
export function textIn(said: Members, key: string): string {
  const value = said[key]
  return typeof value === 'string' ? value : ''
}

export function numberIn(said: Members, key: string): number | undefined {
  const value = said[key]
  return typeof value === 'number' ? value : undefined
}

export function membersIn(said: Members, key: string): Members {
  const value = said[key]
  return isMembers(value) ? value : {}
}

export function listIn(said: Members, key: string): Members[] {
  const value = said[key]
  return Array.isArray(value) ? value.filter(isMembers) : []
}

export function textsIn(said: Members, key: string): string[] {
  const value = said[key]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
