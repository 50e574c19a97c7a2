import { agentRuns } from '../bench/agent-runs.ts'
import { channelWake } from '../bench/channel-wake.ts'
import { circuits } from '../bench/circuits.ts'
import { cluster } from '../bench/cluster.ts'
import { documents } from '../bench/documents.ts'
import { documentsOfOthers } from '../bench/documents-of-others.ts'
import { durableEvents } from '../bench/durable-events.ts'
import { fanOut } from '../bench/fan-out.ts'
import { firstLoad } from '../bench/first-load.ts'
import { firstToken } from '../bench/first-token.ts'
import { gateway } from '../bench/gateway.ts'
import { loopDelay } from '../bench/loop-delay.ts'
import { manyAgents } from '../bench/many-agents.ts'
import { manyRows } from '../bench/many-rows/index.ts'
import { memorySearch } from '../bench/memory-search.ts'
import { parked } from '../bench/parked.ts'
import { redaction } from '../bench/redaction.ts'
import { replay } from '../bench/replay.ts'
import { fileSearches } from '../bench/searches.ts'
import { startUp } from '../bench/start-up.ts'
import { steering } from '../bench/steering.ts'
import { measure } from './measurements.ts'

const benchmarks = [
  firstToken,
  gateway,
  steering,
  durableEvents,
  agentRuns,
  channelWake,
  circuits,
  cluster,
  replay,
  fanOut,
  loopDelay,
  parked,
  memorySearch,
  fileSearches,
  documents,
  redaction,
  documentsOfOthers,
  manyRows,
  startUp,
  manyAgents,
  firstLoad,
]

await measure(benchmarks, process.argv.slice(2))
