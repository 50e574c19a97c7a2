import { withoutLinks } from '../format.ts'

/** How a message introduces a file that goes along as text. */
export const attachedFile = 'Attached file'
/** What a message says that is nothing but files. */
export const onlyFiles = 'Please read what is attached.'

/** What a message beside a document says it is about. */
const about = /\sAbout: \[/

/** What a chat is called: its title, without addresses and without what went along with its first message. */
export function chatName(title: string): string {
  const words = withoutLinks(title.split(about, 1)[0]!.trimEnd())
  const [file, name = ''] = new RegExp(`(?:^|\\s)${attachedFile} "([^"\\n]*)`).exec(words) ?? []
  if (file === undefined) return words
  const said = words.slice(0, words.indexOf(file)).trim()
  return said === '' || said === onlyFiles ? name.trim() : said
}
