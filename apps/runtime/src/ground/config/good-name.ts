/** What agents and skills may be called. */
export function goodName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]{0,127}$/u.test(name)
}

export const goodNames = 'use letters, digits, and . _ - / : after the first'

/** What volumes may be called: a name may be followed by `:ro`. */
export function goodVolumeName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u.test(name)
}

export const goodVolumeNames = 'use letters, digits, and . _ - after the first'
