import { StoreError } from '../store-error.ts'

export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export const logLevels = ['error', 'warn', 'info', 'debug'] as const satisfies readonly LogLevel[]

/** What the runtime says of itself: to its operator, and to whatever measures it. */
export interface Telemetry {
  /** A sentence for the operator. */
  log(level: LogLevel, message: string, fields?: Fields, error?: unknown): void
  /** So often did something happen. */
  count(name: string, by?: number, fields?: Fields): void
  /** So much was it this time. */
  observe(name: string, value: number, fields?: Fields): void
  /** A piece of work, from its beginning to its end. */
  span<T>(name: string, fields: Fields, work: () => Promise<T>): Promise<T>
}

/** Says nothing. */
export const silence: Telemetry = {
  log() {},
  count() {},
  observe() {},
  span: (_name, _fields, work) => work(),
}

/** Something failed that nobody waits for. That the store fails is told once, and not by everybody who comes upon it. */
export function report(telemetry: Pick<Telemetry, 'log'>, what: string, error: unknown, fields?: Fields) {
  if (!(error instanceof StoreError)) telemetry.log('error', what, fields, error)
}
