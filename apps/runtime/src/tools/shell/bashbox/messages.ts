/** What one call of Bashbox does, in a thread that is there for it alone. */
export interface BoxWork {
  command: string
  /** For the system's calls: the folder of the volume, held by whoever starts the thread. */
  folder: string
  /** Where that is on the machine. */
  path: string
  /** Where it is noted what is being written, and as whose. */
  drafts: { folder: string; owner: string } | undefined
  mode: 'rw' | 'ro'
  timeoutMs: number
  mostOutputBytes: number
  /** Names of programs of the machine that may be run. */
  hostCommands: readonly string[]
}

/** A program of the machine is wanted. */
export interface HostCall {
  id: number
  name: string
  args: readonly string[]
  /** In the volume. */
  cwd: readonly string[]
  stdin: Uint8Array
}

export interface HostAnswer {
  id: number
  stdout: Uint8Array
  stderr: string
  exitCode: number
}

export type FromBox = { call: HostCall } | { output: Uint8Array; exitCode: number } | { failure: string }

/** Where the volume is for a script. */
export const mountPoint = '/work'
