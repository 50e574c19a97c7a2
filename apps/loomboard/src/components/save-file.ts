import { cutText } from '@loomcycle/proto/wire'

/** Gives somebody a file that was made here. */
export function saveFile(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A title as the name of a file, without its ending: in the letters it is written in, and on every system. */
export function fileName(title: string, otherwise: string): string {
  const words = title.normalize('NFC').toLowerCase()
  const name = cutText(words.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-/, ''), longestName).replace(/-$/, '')
  if (name === '') return otherwise
  return ofDevices.test(name) ? `${otherwise}-${name}` : name
}
const longestName = 60
/** What Windows takes for a device, whatever its ending. */
const ofDevices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/
