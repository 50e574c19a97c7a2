/** What agents and skills may be called. */
export function goodName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]{0,127}$/u.test(name)
}

export const goodNames = 'use letters, digits, and . _ - / : after the first'

/** What names of agents begin with that are given out by the server, for one conversation each. */
export const derivedPrefix = 'derived/'

export function goodAgentName(name: string): boolean {
  return goodName(name) && !name.startsWith(derivedPrefix)
}

export const goodAgentNames = `${goodNames}, and nothing that begins with ${derivedPrefix}, as agents of one conversation do`

/** What volumes may be called: a name may be followed by `:ro`. */
export function goodVolumeName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u.test(name)
}

export const goodVolumeNames = 'use letters, digits, and . _ - after the first'
