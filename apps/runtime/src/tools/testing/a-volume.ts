import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openFolder } from '../../ground/files/folder.ts'
import { holding } from '../../ground/files/handles.ts'
import { tempDir } from '../../testing/temp-dir.ts'
import { fileTools } from '../files/index.ts'
import { Searches } from '../files/search/searches.ts'
import type { VolumeAccess } from '../files/volume-access.ts'
import { shellTools } from '../shell/index.ts'
import { Processes } from '../shell/processes.ts'
import type { Tool, ToolOutput } from '../tool.ts'
import { aToolCaller } from './a-caller.ts'
import { callTool } from './call-tool.ts'

interface VolumeOptions {
  mode?: 'rw' | 'ro'
  files?: Record<string, string | Buffer>
  hostCommands?: readonly string[]
  hostEnv?: Record<string, string>
  /** As where the system does not look names up below handles. */
  held?: boolean
}

export interface TestVolume {
  /** A folder with nothing else in it but the volume. */
  outside: string
  /** The volume itself. */
  dir: string
  volumes: VolumeAccess
  processes: Processes
  tools: ReadonlyMap<string, Tool>
  call(tool: string, input: object, signal?: AbortSignal): Promise<ToolOutput>
  /** What it is refused with. */
  refusal(tool: string, input: object): Promise<string>
  put(path: string, content: string | Buffer): void
}

/** A volume on a real disk, with every tool there is for one. */
export function aVolume({
  mode = 'rw',
  files = {},
  hostCommands = [],
  hostEnv = {},
  held,
}: VolumeOptions = {}): TestVolume {
  const outside = realpathSync(tempDir())
  const dir = join(outside, 'volume')
  mkdirSync(dir)
  const put: TestVolume['put'] = (path, content) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
  for (const [path, content] of Object.entries(files)) put(path, content)
  const volumes: VolumeAccess = {
    inVolume: (_, name = 'work', work) =>
      holding(async (handles) => {
        const folder = handles.hold(await openFolder(dir, held))
        return work({ name, mode, root: { folder, path: dir } })
      }),
  }
  const searches = new Searches()
  const processes = new Processes(join(outside, 'shells'))
  onTestFinished(async () => {
    await searches.close()
    await processes.close()
  })
  const env = { PATH: process.env.PATH ?? '' }
  const shells = { bash: { env }, bashbox: { hostCommands, hostEnv: { ...env, ...hostEnv } } }
  const all = [...fileTools(volumes, searches), ...shellTools(volumes, processes, shells)]
  const tools = new Map(all.map((tool) => [tool.name, tool]))
  const call: TestVolume['call'] = (tool, input, signal) => callTool(tools.get(tool)!, input, aToolCaller(), signal)
  const refusal: TestVolume['refusal'] = (tool, input) =>
    call(tool, input).then(
      ({ text, isError }) => (isError ? text : `not refused: ${text}`),
      (error: Error) => error.message,
    )
  return { outside, dir, volumes, processes, tools, call, refusal, put }
}
