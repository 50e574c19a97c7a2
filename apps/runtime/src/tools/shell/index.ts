import type { ShellSettings } from '../../ground/config/config.ts'
import type { VolumeAccess } from '../files/volume-access.ts'
import type { Tool } from '../tool.ts'
import { bashTool } from './bash.ts'
import { bashboxTool } from './bashbox/bashbox.ts'
import type { Processes } from './processes.ts'

/** The shells that the operator has switched on; an agent has to list them as well. */
export function shellTools(volumes: VolumeAccess, processes: Processes, { bash, bashbox }: ShellSettings): Tool[] {
  return [
    ...(bash ? [bashTool(volumes, { processes, env: bash.env })] : []),
    ...(bashbox ? [bashboxTool(volumes, processes, { names: bashbox.hostCommands, env: bashbox.hostEnv })] : []),
  ]
}
