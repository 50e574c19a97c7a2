import { textEnd } from '../../../ground/files/text.ts'
import type { VolumeAccess } from '../../files/volume-access.ts'
import { plainTool } from '../../plain-tool.ts'
import type { Tool } from '../../tool.ts'
import { defaultSeconds, shellInput } from '../input.ts'
import type { Processes } from '../processes.ts'
import { mostOutputBytes, toOutput } from '../said.ts'
import { type HostCommands, runBox } from './run-box.ts'

/** A shell that is no program of the machine: it has the files of one volume, and nothing else. */
export function bashboxTool(volumes: VolumeAccess, processes: Processes, host: HostCommands): Tool {
  const programs =
    host.names.length > 0 ? ` Of the machine it has ${host.names.join(', ')}, in volumes that may be written.` : ''
  return plainTool({
    name: 'Bashbox',
    description: `Run a script in a shell that has the files of a volume, at /work, and the usual tools (coreutils, grep, sed, awk, jq, …), but no network. In a volume that may only be read, what it writes is there until it ends.${programs}`,
    input: shellInput('BashboxInput'),
    sideEffects: 'filesystem',
    effect: 'changes',
    run: ({ command, timeout_seconds: seconds = defaultSeconds, volume }, { caller, signal }) =>
      volumes.inVolume(caller, volume, async ({ mode, root }) => {
        const { output, how } = await runBox(
          { command, root, mode, timeoutMs: seconds * 1000, signal },
          processes,
          host,
        )
        const isCut = output.length > mostOutputBytes
        const kept = output.subarray(0, mostOutputBytes)
        return toOutput({ bytes: isCut ? kept.subarray(0, textEnd(kept)) : kept, isCut }, how, seconds)
      }),
  })
}
