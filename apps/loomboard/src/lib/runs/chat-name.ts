import { withoutLinks } from '../format.ts'

/** How a message introduces a file that goes along as text. */
export const attachedFile = 'Attached file'
/** What a message says that is nothing but files. */
export const onlyFiles = 'Please read what is attached.'

/** What a chat is called: its title, without addresses and without the text of files that its first message brought. */
export function chatName(title: string): string {
  const words = withoutLinks(title)
  const [file, name = ''] = new RegExp(`(?:^|\\s)${attachedFile} "([^"\\n]*)`).exec(words) ?? []
  if (file === undefined) return words
  const said = words.slice(0, words.indexOf(file)).trim()
  return said === '' || said === onlyFiles ? name.trim() : said
}
