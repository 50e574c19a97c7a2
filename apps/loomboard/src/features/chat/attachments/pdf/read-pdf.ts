import { GlobalWorkerOptions, getDocument, VerbosityLevel } from 'pdfjs-dist'
import { UnreadableFileError } from './attachment.ts'

interface Item {
  str?: string
  hasEOL?: boolean
}

/** The text of a PDF, page by page. Parsed in a worker; nothing in it is run or fetched. */
export async function readPdf(data: ArrayBuffer): Promise<string> {
  GlobalWorkerOptions.workerPort ??= new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' })
  const loading = getDocument({ data, verbosity: VerbosityLevel.ERRORS, disableFontFace: true, useSystemFonts: false })
  try {
    const document = await loading.promise
    const pages: string[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      pages.push(toLines(items as Item[]))
      page.cleanup()
    }
    return pages
      .map((text, i) => (pages.length > 1 ? `[page ${i + 1}]\n${text}` : text))
      .join('\n\n')
      .replace(onlyMarks, '')
  } catch (error) {
    if ((error as { name?: string }).name === 'PasswordException') {
      throw new UnreadableFileError('It is protected by a password.')
    }
    throw new UnreadableFileError('The PDF is damaged.')
  } finally {
    await loading.destroy()
  }
}

/** Nothing but page marks: a scan. */
const onlyMarks = /^(?:\s*\[page \d+\])*\s*$/

function toLines(items: readonly Item[]): string {
  let text = ''
  for (const { str, hasEOL } of items) text += (str ?? '') + (hasEOL ? '\n' : '')
  return text.replace(/(?<![ \t])[ \t]+\n/g, '\n').trim()
}
