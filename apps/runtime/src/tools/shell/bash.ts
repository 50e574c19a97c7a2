import { ToolError } from '../../ground/tool-error.ts'
import type { VolumeAccess } from '../files/volume-access.ts'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { defaultSeconds, shellInput } from './input.ts'
import type { Processes } from './processes.ts'
import { mostOutputBytes, toOutput } from './said.ts'

/** The shell of the machine: what it may do is what the runtime's own user may do. Only the operator can make it exist. */
export function bashTool(
  volumes: VolumeAccess,
  { processes, env }: { processes: Processes; env: Readonly<Record<string, string>> },
): Tool {
  return plainTool({
    name: 'Bash',
    description:
      'Run a command with /bin/sh in the folder of a volume. Nothing is kept from one call to the next but files, and what it leaves running is ended with it.',
    input: shellInput('BashInput'),
    sideEffects: 'privileged',
    effect: 'changes',
    run: ({ command, timeout_seconds: seconds = defaultSeconds, volume }, { caller, signal }) =>
      volumes.inVolume(caller, volume, async ({ name, mode, root }) => {
        if (mode === 'ro') {
          throw new ToolError(
            `the volume "${name}" may only be read by this agent, and what a shell does cannot be held to that; use the file tools, or Bashbox`,
          )
        }
        const { output, how } = await processes.run({
          argv: ['/bin/sh', '-c', command],
          cwd: root.folder.self,
          env,
          joinsErrors: true,
          timeoutMs: seconds * 1000,
          mostBytes: mostOutputBytes,
          signal,
        })
        return toOutput(output, how, seconds)
      }),
  })
}
