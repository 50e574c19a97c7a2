import { ConfigError } from '../config.ts'
import { optionalText, type Setting } from './setting.ts'

const name = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** What one of several replicas is called. */
export function replicaName(about: Parameters<typeof optionalText>[0]): Setting<string | undefined> {
  return {
    ...optionalText(about, '1 to 64 letters, digits, _ and -'),
    read(variable, given) {
      if (given === undefined || name.test(given)) return given
      throw new ConfigError(
        `${variable} is "${given}" but must be 1 to 64 letters, digits, _ and -, of which the first is a letter or a digit.`,
      )
    },
  }
}
