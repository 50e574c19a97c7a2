import { agentRuns } from '../bench/agent-runs.ts'
import { durableEvents } from '../bench/durable-events.ts'
import { firstLoad } from '../bench/first-load.ts'
import { firstToken } from '../bench/first-token.ts'
import { replay } from '../bench/replay.ts'
import { startUp } from '../bench/start-up.ts'
import { measure } from './measurements.ts'

await measure([firstToken, durableEvents, agentRuns, replay, startUp, firstLoad], process.argv.slice(2))
