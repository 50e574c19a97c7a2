import type { ToolOutput } from '../tool.ts'
import type { Captured, Ended } from './processes.ts'

export const mostOutputBytes = 1024 * 1024

/** What a command came to, as a model is told. */
export function toOutput(output: Captured, how: Ended['how'], timeoutSeconds: number): ToolOutput {
  const notes = [
    ...(output.isCut ? [`[output truncated at ${mostOutputBytes} bytes]`] : []),
    ...endOf(how, timeoutSeconds),
  ]
  const said = output.bytes.toString('utf8')
  const text = notes.length === 0 ? said : [said.replace(/\n$/, ''), ...notes].filter((part) => part !== '').join('\n')
  const isError = !('code' in how) || how.code !== 0
  return { text, ...(isError ? { isError } : {}) }
}

function endOf(how: Ended['how'], timeoutSeconds: number): string[] {
  if ('timedOut' in how) return [`[killed: it took longer than ${timeoutSeconds} s]`]
  if ('signal' in how) return [`[killed: by ${how.signal}]`]
  return how.code === 0 ? [] : [`[exit: exit status ${how.code}]`]
}
