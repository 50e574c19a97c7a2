const mark = 'About: '
const said = /\n\nAbout: \[[^\n]*$/

/** A message with what it is about, as its last line: references, which people can follow and agents can use. */
export function withAbout(text: string, references: string): string {
  return `${text}\n\n${mark}${references}`
}

/** What somebody wrote, without that line. */
export function withoutAbout(text: string): string {
  return text.replace(said, '')
}
