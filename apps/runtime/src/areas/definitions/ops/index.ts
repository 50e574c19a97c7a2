import type { DefinitionDeps } from '../deps.ts'
import type { Family } from '../family.ts'
import { create } from './create.ts'
import { fork } from './fork.ts'
import { promote } from './promote.ts'
import { get, list, verify } from './read.ts'
import { retire } from './retire.ts'

/** The verbs that every family has. */
export function createVersionOps<D extends object>(deps: DefinitionDeps, family: Family<D>) {
  return {
    create: create(deps, family),
    fork: fork(deps, family),
    get: get(deps, family),
    list: list(deps, family),
    retire: retire(deps, family),
    promote: promote(deps, family),
    verify: verify(deps, family),
  }
}
