import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { plural } from '../../../../lib/format.ts'
import { longestText, type ReadText } from '../attachment.ts'

/** What a PDF says, page by page, with what was filled in and noted on its pages. */
export async function pdfText(document: PDFDocumentProxy, hasPictures = false): Promise<ReadText> {
  const pages: string[] = []
  const silent: number[] = []
  const garbled: number[] = []
  let length = 0
  // What is too long to be sent is not read to its end.
  for (let number = 1; number <= document.numPages && length <= longestText; number++) {
    const page = await document.getPage(number)
    const text = toLines((await page.getTextContent()).items as Item[])
    if (text === '') silent.push(number)
    else if (isGarbled(text)) garbled.push(number)
    const whole = [text, ...(await writtenOn(page))].filter(Boolean).join('\n')
    pages.push(whole)
    length += whole.length
    page.cleanup()
  }
  const text = pages.some(Boolean)
    ? pages.map((page, i) => (pages.length > 1 ? `[page ${i + 1}]\n${page}` : page)).join('\n\n')
    : ''
  return { text, notes: await leftOut(document, silent, garbled, hasPictures) }
}

async function leftOut(
  document: PDFDocumentProxy,
  silent: readonly number[],
  garbled: readonly number[],
  hasPictures: boolean,
): Promise<string[]> {
  const notes: string[] = []
  const { info } = await document.getMetadata()
  const files = [...((await document.getAttachments())?.values() ?? [])]
  if (silent.length > 0) {
    const [have, them] = silent.length === 1 ? ['has', 'it'] : ['have', 'them']
    const pages = pagesIn(silent)
    notes.push(
      `${pages} ${have} no text: what is scanned or drawn there is left out. Attach pictures of ${them} to show it.`,
    )
  }
  if (hasPictures && silent.length < document.numPages) notes.push('Pictures in it are left out.')
  if (garbled.length > 0) {
    notes.push(`${pagesIn(garbled)} may be garbled: the fonts do not say which letters they draw.`)
  }
  const { IsXFAPresent, IsAcroFormPresent } = info as { IsXFAPresent?: boolean; IsAcroFormPresent?: boolean }
  if (IsXFAPresent && !IsAcroFormPresent) {
    notes.push('It has a form that only Adobe’s programs show; what was filled in there may be missing.')
  }
  if (files.length > 0) {
    const names = files.slice(0, mostNamed).map(({ filename }) => filename)
    notes.push(
      `Left out: ${plural(files.length, 'file')} inside it (${names.join(', ')}${files.length > mostNamed ? ', …' : ''}).`,
    )
  }
  return notes
}

/** Pictures are objects of their own, whose heads are never packed. */
export function hasPictures(data: ArrayBuffer): boolean {
  return /\/Subtype\s*\/Image\b/.test(new TextDecoder('latin1').decode(data))
}

interface Item {
  str?: string
  hasEOL?: boolean
}

function toLines(items: readonly Item[]): string {
  let text = ''
  for (const { str, hasEOL } of items) text += (str ?? '') + (hasEOL ? '\n' : '')
  return text
    .replaceAll('\0', '')
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .trim()
}

/** Mostly letters of no meaning that everybody knows. */
function isGarbled(text: string): boolean {
  return (text.match(/[\p{Co}\p{Cn}\ufffd]|[^\P{Cc}\s]/gu)?.length ?? 0) > text.length / 5
}

interface Annotation {
  subtype?: string
  fieldType?: string
  fieldName?: string
  alternativeText?: string
  fieldValue?: unknown
  exportValue?: string
  buttonValue?: string
  checkBox?: boolean
  radioButton?: boolean
  hidden?: boolean
  options?: readonly { exportValue: string; displayValue: string }[]
  contentsObj?: { str?: string }
}

/** The values of a page's form, and remarks that somebody has put on it. */
async function writtenOn(page: PDFPageProxy): Promise<string[]> {
  const annotations: Annotation[] = await page.getAnnotations()
  const fields = annotations.filter(({ subtype }) => subtype === 'Widget').flatMap(filledIn)
  const remarks = annotations
    .filter(({ subtype }) => subtype !== 'Widget' && subtype !== 'Link' && subtype !== 'Popup')
    .map(({ contentsObj }) => contentsObj?.str?.trim() ?? '')
    .filter(Boolean)
  return [
    ...(fields.length > 0 ? ['[filled in]', ...fields] : []),
    ...(remarks.length > 0 ? ['[remarks on this page]', ...remarks] : []),
  ]
}

function filledIn(field: Annotation): string[] {
  const name = field.alternativeText || field.fieldName || 'field'
  const value = shownValue(field)
  return value === '' ? [] : [`${name}: ${value}`]
}

function shownValue({
  fieldType,
  fieldValue,
  checkBox,
  radioButton,
  exportValue,
  buttonValue,
  options,
}: Annotation): string {
  if (fieldType === 'Btn') {
    const own = checkBox ? exportValue : buttonValue
    if (!checkBox && !radioButton) return ''
    if (fieldValue === own && own !== undefined) return radioButton ? String(own) : 'checked'
    return checkBox ? 'not checked' : ''
  }
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter((value) => typeof value === 'string')
  const shown = values.map((value) => options?.find((option) => option.exportValue === value)?.displayValue ?? value)
  return shown.join(', ').trim()
}

const mostNamed = 20

/** Page 3, Pages 3–5 and 8. */
export function pagesIn(numbers: readonly number[]): string {
  const spans: [number, number][] = []
  for (const number of numbers) {
    const last = spans.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else spans.push([number, number])
  }
  const words = spans.slice(0, mostNamed).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`))
  if (spans.length > mostNamed) words.push('more')
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join()
  return `${numbers.length > 1 ? 'Pages' : 'Page'} ${list}`
}
