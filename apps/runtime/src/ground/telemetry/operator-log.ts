import { type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { Clock } from '../clock.ts'
import { type LogLevel, silence, type Telemetry } from './telemetry.ts'

export interface OperatorLogOptions {
  level: LogLevel
  clock: Pick<Clock, 'now'>
  /** Takes whole lines; to the standard error unless given. */
  write?: (line: string) => void
}

/** Telemetry that is a log: lines of JSON, or sentences on a terminal. Spans are lines of the level `debug`. */
export function operatorLog({ level, clock, write = toStandardError }: OperatorLogOptions): Telemetry {
  const logger: Logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.err },
    },
    { write },
  )
  return {
    ...silence,
    log: (level, message, fields, error) =>
      logger[level]({ ...fields, ...(error === undefined ? {} : { error }) }, message),
    async span(name, fields, work) {
      if (!logger.isLevelEnabled('debug')) return work()
      const begun = clock.now()
      try {
        return await work()
      } finally {
        logger.debug({ ...fields, ms: clock.now() - begun }, name)
      }
    },
  }
}

function toStandardError(line: string) {
  process.stderr.write(process.stderr.isTTY ? inWords(line) : line)
}

/** For somebody who sits before it. */
export function inWords(line: string): string {
  const { level, time: _, msg, error, ...fields } = JSON.parse(line) as Record<string, unknown>
  const more = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`)
  const { stack } = (error ?? {}) as { stack?: string }
  return `loomcycle: ${level === 'debug' ? '· ' : ''}${String(msg)}${more.join('')}\n${stack ? `${stack}\n` : ''}`
}
