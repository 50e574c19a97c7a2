import { ConfigError } from '../config.ts'
import type { Env } from './env.ts'

/** A variable of the environment: what it is, and how its text becomes a value. */
export interface Setting<T = unknown> {
  /** As a reader of the settings page is told. */
  type: string
  /** What stands where nobody says anything; empty where there is nothing. */
  preset: string
  /** One sentence. */
  about: string
  /** Who needs it; most people do not. */
  who: string
  /** Its value never appears anywhere. */
  isSecret?: boolean
  /** `text` is trimmed, and undefined where it is empty. */
  read(name: string, text: string | undefined): T
}

interface About {
  about: string
  who: string
}

export type Settings = Readonly<Record<string, Setting>>

type Values<S> = { [N in keyof S]: S[N] extends Setting<infer T> ? T : never }
/** All of what the groups have. */
type Together<G> = (G[keyof G] extends infer S ? (S extends S ? (all: S) => void : never) : never) extends (
  all: infer A,
) => void
  ? A
  : never

/** What the environment says, by the names of the settings. */
export function readSettings<G extends Readonly<Record<string, Settings>>>(groups: G, env: Env): Values<Together<G>> {
  const read = Object.values(groups)
    .flatMap((settings) => Object.entries(settings))
    .map(([name, setting]) => [name, setting.read(name, env[name]?.trim() || undefined)])
  return Object.fromEntries(read) as Values<Together<G>>
}

const KiB = 1024
const MiB = 1024 * KiB
const GiB = 1024 * MiB
export const sizes = { KiB, MiB, GiB }

export function optionalText(about: About, type = 'text'): Setting<string | undefined> {
  return { ...about, type, preset: '', read: (_, text) => text }
}

export function text(preset: string, about: About): Setting<string> {
  return { ...about, type: 'text', preset, read: (_, given = preset) => given }
}

export function secret(about: About): Setting<string | undefined> {
  return { ...about, type: 'secret', preset: '', isSecret: true, read: (_, given) => given }
}

const switches: Record<string, boolean> = {
  ...{ '1': true, true: true, yes: true, on: true },
  ...{ '0': false, false: false, no: false, off: false },
}

export function onOff(preset: 'on' | 'off', about: About): Setting<boolean> {
  return {
    ...about,
    type: 'switch',
    preset,
    read(name, given = preset) {
      const word = given.toLowerCase()
      if (Object.hasOwn(switches, word)) return switches[word]!
      throw new ConfigError(`${name} is "${given}" but must be 1, true, yes or on, or else 0, false, no or off.`)
    },
  }
}

export function oneOf<T extends string>(values: readonly T[], preset: T, about: About): Setting<T> {
  return {
    ...about,
    type: values.map((value) => `\`${value}\``).join(', '),
    preset,
    read(name, given = preset) {
      const value = values.find((one) => one === given)
      if (value !== undefined) return value
      throw new ConfigError(`${name} is "${given}" but must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`)
    },
  }
}

export function list(separator: ',' | ':', about: About): Setting<string[]> {
  return {
    ...about,
    type: `list, \`${separator}\`-separated`,
    preset: '',
    read: (_, given = '') =>
      given
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
  }
}

type Unit = 'bytes' | 'ms' | 'days' | ''

interface Range {
  preset: number
  min: number
  max: number
  unit?: Unit
}

export function whole({ preset, min, max, unit = '' }: Range, about: About): Setting<number> {
  return {
    ...about,
    type: `${min} to ${inUnits(max, unit)}${unit === 'days' ? ' days' : ''}`,
    preset: inUnits(preset, unit),
    read: (name, given) => (given === undefined ? preset : wholeNumber(name, given, min, max)),
  }
}

/** What is in a file decides where it is not given, and the preset where neither says anything. */
export function unlessInFile<T>(setting: Setting<T>): Setting<T | undefined> {
  return {
    ...setting,
    preset: '',
    about: setting.about.replace(/\.$/, `; ${setting.preset} unless this or a file says otherwise.`),
    read: (name, given) => (given === undefined ? undefined : setting.read(name, given)),
  }
}

/** Something else decides where it is not given. */
export function optionalWhole(
  { min, max, unit = '' }: Omit<Range, 'preset'>,
  about: About,
): Setting<number | undefined> {
  return {
    ...about,
    type: `${min} to ${inUnits(max, unit)}`,
    preset: '',
    read: (name, given) => (given === undefined ? undefined : wholeNumber(name, given, min, max)),
  }
}

/** What is beyond its range is taken for the end of it. */
export function clamped({ preset, min, max, unit = '' }: Range, about: About): Setting<number> {
  return {
    ...about,
    type: `${min} to ${inUnits(max, unit)}`,
    preset: inUnits(preset, unit),
    read(name, given) {
      if (given === undefined) return preset
      return Math.min(Math.max(wholeNumber(name, given, 0, Number.MAX_SAFE_INTEGER), min), max)
    },
  }
}

/** 0 for off. */
export function wholeOrOff({ preset, min, max, unit = '' }: Range, about: About): Setting<number> {
  return {
    ...about,
    type: `${min} to ${inUnits(max, unit)}, or 0 for off`,
    preset: inUnits(preset, unit),
    read(name, given) {
      if (given === undefined) return preset
      if (Number(given) === 0) return 0
      const value = wholeNumber(name, given, 0, max)
      if (value >= min) return value
      throw new ConfigError(`${name} is "${given}" but must be a whole number from ${min} to ${max}, or 0 for off.`)
    },
  }
}

/** 0 for no limit. */
export function quota(preset: number, about: About, unit: Unit = ''): Setting<number> {
  return {
    ...about,
    type: unit === 'bytes' ? 'bytes, 0 for no limit' : 'count, 0 for no limit',
    preset: inUnits(preset, unit),
    read: (name, given) => (given === undefined ? preset : wholeNumber(name, given, 0, Number.MAX_SAFE_INTEGER)),
  }
}

export function share(about: About): Setting<number> {
  return {
    ...about,
    type: '0 to 1',
    preset: '0',
    read(name, given = '0') {
      const value = Number(given)
      if (value >= 0 && value <= 1) return value
      throw new ConfigError(`${name} is "${given}" but must be a number from 0 to 1.`)
    },
  }
}

export function address(about: About): Setting<string | undefined> {
  return {
    ...about,
    type: 'address',
    preset: '',
    read(name, given) {
      if (given === undefined) return undefined
      const { protocol = '', username, password } = URL.parse(given) ?? {}
      if (!/^https?:$/.test(protocol)) {
        throw new ConfigError(`${name} must be an address that starts with http:// or https://.`)
      }
      if (username || password) {
        throw new ConfigError(`${name} must not hold a name or password; keys have variables of their own.`)
      }
      return given.replace(/(?<!\/)\/+$/, '')
    },
  }
}

function wholeNumber(name: string, given: string, min: number, max: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
  if (value >= min && value <= max) return value
  throw new ConfigError(`${name} is "${given}" but must be a whole number from ${min} to ${max}.`)
}

const scales: Record<Unit, [number, string][]> = {
  bytes: [
    [GiB, 'GiB'],
    [MiB, 'MiB'],
    [KiB, 'KiB'],
  ],
  ms: [
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ],
  days: [],
  '': [],
}

/** For a reader; what is written in the variable is the plain number. */
function inUnits(value: number, unit: Unit): string {
  const plain = String(value)
  if (unit === '' || unit === 'days') return plain
  const [by, word] = scales[unit].find(([scale]) => value >= scale && value % scale === 0) ?? [1, unit]
  return by === 1 ? `${plain} ${unit}` : `${plain} (${value / by} ${word})`
}
