import { anyReason, edgeOf } from '@loomcycle/proto/teams'

/** When an edge is taken, in a few words. */
export function shortWords(on: string): string {
  switch (edgeOf(on)?.kind) {
    case 'success':
      return 'on success'
    case 'pushback':
      return `back: ${reasonOf(on) === anyReason ? 'any reason' : reasonOf(on)}`
    case 'conditional':
      return `if ${conditionOf(on)}`
    default:
      return on === '' ? 'no condition' : on
  }
}

export const reasonOf = (on: string) => on.replace(/^pushback:/, '').trim()
export const conditionOf = (on: string) => on.replace(/^conditional:/, '').trim()
