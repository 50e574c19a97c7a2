import { access } from './access.ts'
import { app } from './app.ts'
import { board } from './board.ts'
import { codeAgents } from './code-agents.ts'
import { configuration } from './configuration.ts'
import { definitions } from './definitions.ts'
import { doors } from './doors.ts'
import { editor } from './editor.ts'
import { engine } from './engine.ts'
import { exchange } from './exchange.ts'
import { files } from './files.ts'
import { modelGateway } from './gateway.ts'
import { ground } from './ground.ts'
import { library } from './library.ts'
import { modelServices } from './model-services.ts'
import { ownModels } from './models.ts'
import type { Mutation } from './mutation.ts'
import { onPostgres } from './postgres.ts'
import { severalReplicas } from './replicas.ts'
import { modelRouting } from './routing.ts'
import { sdk } from './sdk.ts'
import { spending } from './spending.ts'
import { talking } from './talk.ts'
import { teams } from './teams.ts'
import { usageAndLimits } from './usage.ts'
import { documentViews } from './views.ts'

/** All that `pnpm mutate` tries, what hangs early: the rest goes on meanwhile. */
export const mutations: readonly Mutation[] = [
  ...sdk,
  ...app,
  ...engine,
  ...severalReplicas,
  ...modelServices,
  ...ground,
  ...doors,
  ...configuration,
  ...access,
  ...definitions,
  ...modelRouting,
  ...modelGateway,
  ...board,
  ...editor,
  ...exchange,
  ...files,
  ...documentViews,
  ...talking,
  ...library,
  ...teams,
  ...ownModels,
  ...spending,
  ...codeAgents,
  ...usageAndLimits,
  ...onPostgres,
]
