/** Which volume a setting of an agent means, and how. */
export interface VolumeReference {
  name: string
  isReadOnly: boolean
}

/** `name`, `name:rw`, which is the same, or `name:ro`. */
export function volumeReference(text: string): VolumeReference {
  return { name: text.replace(/:r[ow]$/, ''), isReadOnly: text.endsWith(':ro') }
}
