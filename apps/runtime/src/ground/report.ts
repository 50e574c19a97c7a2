import { StoreError } from './store-error.ts'

/** For the operator. That the store fails is told once, and not by everybody who comes upon it. */
export function report(what: string, error: unknown) {
  if (!(error instanceof StoreError)) console.error(`${what}:`, error)
}
