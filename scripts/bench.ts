import { agentRuns } from '../bench/agent-runs.ts'
import { durableEvents } from '../bench/durable-events.ts'
import { fanOut } from '../bench/fan-out.ts'
import { firstLoad } from '../bench/first-load.ts'
import { firstToken } from '../bench/first-token.ts'
import { loopDelay } from '../bench/loop-delay.ts'
import { parked } from '../bench/parked.ts'
import { replay } from '../bench/replay.ts'
import { startUp } from '../bench/start-up.ts'
import { steering } from '../bench/steering.ts'
import { measure } from './measurements.ts'

await measure(
  [firstToken, steering, durableEvents, agentRuns, replay, fanOut, loopDelay, parked, startUp, firstLoad],
  process.argv.slice(2),
)
