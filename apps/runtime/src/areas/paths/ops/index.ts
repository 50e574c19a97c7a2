import type { pathOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { PathDeps } from '../deps.ts'
import { listPath } from './ls.ts'
import { makeDirectory } from './mkdir.ts'
import { movePath } from './mv.ts'
import { resolvePath } from './resolve.ts'
import { removePath } from './rm.ts'
import { statPath } from './stat.ts'

export function createPathOps(deps: PathDeps): OpImplementations<typeof pathOps> {
  return {
    resolve: resolvePath(deps),
    ls: listPath(deps),
    stat: statPath(deps),
    mkdir: makeDirectory(deps),
    mv: movePath(deps),
    rm: removePath(deps),
  }
}
