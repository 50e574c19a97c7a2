import { spawn } from 'node:child_process'
import { delimiter, isAbsolute, join } from 'node:path'
import { root } from './paths.ts'

export interface CommandOptions {
  cwd?: string
  env?: Record<string, string>
  signal?: AbortSignal
}

/** Runs a command with our own output and resolves to its exit code; a command that a signal ended counts as 1. */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<number> {
  const cwd = options.cwd ?? root
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: toolPath(cwd), ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
      // On Windows a workspace's tool is a .cmd file, which only a shell can run.
      shell: process.platform === 'win32' && !isAbsolute(command),
      signal: options.signal,
    })
    child.once('error', (error) => (options.signal?.aborted ? resolve(1) : reject(error)))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** The workspace's tools first, so that a script works the same with and without pnpm around it. */
function toolPath(cwd: string): string {
  return [join(cwd, 'node_modules/.bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
}
