export type Pasted = { files: File[] } | { html: string; text: string }

/**
 * What of a clipboard goes into a message where the browser would not do the right thing; undefined where it does. A
 * spreadsheet or a word processor puts a picture of the words beside them: then it is the words that are meant.
 */
export function readPasted(clipboard: Pick<DataTransfer, 'files' | 'getData'>): Pasted | undefined {
  const files = [...clipboard.files]
  const plain = clipboard.getData('text/plain')
  const text = plain.trim()
  if (files.length > 0 && (text === '' || namesOnly(text, files))) return { files }
  if (text === '') return undefined
  const html = clipboard.getData('text/html')
  return /<table[\s>]/i.test(html) ? { html, text: plain } : undefined
}

/** A file that was copied in a folder brings its name or path along as text. */
function namesOnly(text: string, files: readonly File[]): boolean {
  const lines = text.split(/\r?\n/).map((line) => decoded(line.trim()))
  return lines.every((line) =>
    files.some(({ name }) => line === name || (/[/\\]$/.test(line.slice(0, -name.length)) && line.endsWith(name))),
  )
}

function decoded(line: string): string {
  try {
    return line.startsWith('file:') ? decodeURI(line) : line
  } catch {
    return line
  }
}

/** Puts what was pasted where the caret is: as a table, where it is one, or else as the plain text it came with. */
export async function insertTable(field: HTMLTextAreaElement, { html, text }: Extract<Pasted, { html: string }>) {
  const table = await import('./table-from-html.ts').then(
    ({ tableFromHtml }) => tableFromHtml(html),
    () => undefined,
  )
  if (table === undefined) insert(field, text)
  else insertText(field, table)
}

/** Puts a block of text where the caret is, so that undo takes it away again. */
export function insertText(field: HTMLTextAreaElement, block: string): void {
  const before = field.value.slice(0, field.selectionStart)
  const apart = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  insert(field, `${apart}${block}\n`)
}

function insert(field: HTMLTextAreaElement, text: string): void {
  if (document.execCommand?.('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
