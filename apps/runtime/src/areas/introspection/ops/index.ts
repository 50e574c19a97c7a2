import type { contextOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { IntrospectionDeps } from '../deps.ts'
import { agents } from './agents.ts'
import { channels } from './channels.ts'
import { compact } from './compact.ts'
import { doc } from './doc.ts'
import { evaluations } from './evaluations.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { lineage } from './lineage.ts'
import { permissions } from './permissions.ts'
import { readOn } from './read-on.ts'
import { self } from './self.ts'
import { time } from './time.ts'
import { tools } from './tools.ts'

export function createContextOps(deps: IntrospectionDeps): OpImplementations<typeof contextOps> {
  return {
    self: self(),
    tools: tools(),
    doc: doc(),
    permissions: permissions(deps),
    agents: agents(deps),
    lineage: lineage(deps),
    channels: channels(deps),
    evaluations: evaluations(deps),
    history: history(deps),
    read_on: readOn(deps),
    time: time(deps),
    compact,
    help: help(deps),
  }
}
