import { UnreadableFileError } from '../../../../lib/unreadable-file.ts'
import { openArchive } from '../../../../lib/unzip.ts'
import { declaredEncoding, markedEncoding, readAs } from '../text/encodings.ts'
import { childOf, type Element, elementsIn, parseXml } from './xml.ts'

/** What a Word document is made of: its parts are found by what they are said to be, as their names are anybody's choice. */
export interface Parts {
  document: Element
  /** The part of this type that the document refers to. */
  related(type: string): Promise<Element[]>
  /** What the document refers to by an id: an address, or the name of a part. */
  targets: ReadonlyMap<string, string>
}

export async function openParts(data: ArrayBuffer): Promise<Parts> {
  const archive = openArchive(data)
  const xmlOf = async (name: string) => {
    const bytes = await archive.read(name)
    return bytes && parseXml(readAs(markedEncoding(bytes) ?? declaredEncoding(bytes) ?? 'utf-8', bytes).text)
  }
  const relations = async (name: string) => {
    const root = childOf(await xmlOf(name), 'Relationships')
    return elementsIn(root ?? nothing).map(({ attributes }) => attributes)
  }
  const main = (await relations('_rels/.rels')).find(({ Type }) => Type?.endsWith('/officeDocument'))?.Target
  const path = resolved('', main ?? 'word/document.xml')
  const xml = await xmlOf(path)
  const document = childOf(xml, 'w:document')
  if (!document) throw new UnreadableFileError(whyNoDocument(xml, archive.names))
  const [folder, file] = split(path)
  const related = await relations(`${folder}_rels/${file}.rels`)
  return {
    document,
    targets: new Map(related.map(({ Id = '', Target = '' }) => [Id, Target])),
    async related(type) {
      const names = related.filter(({ Type }) => Type?.endsWith(`/${type}`)).map(({ Target = '' }) => Target)
      // Few writers leave the relations out; then it is where it usually is.
      const found = names.length > 0 || related.length > 0 ? names : [`${type}.xml`]
      const parts = await Promise.all(found.map((name) => xmlOf(resolved(folder, name))))
      return parts.filter((part) => part !== undefined)
    },
  }
}

const nothing: Element = { name: '', attributes: {}, children: [] }

function split(path: string): [folder: string, file: string] {
  const end = path.lastIndexOf('/') + 1
  return [path.slice(0, end), path.slice(end)]
}

function resolved(folder: string, target: string): string {
  const steps: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

function whyNoDocument(main: Element | undefined, names: readonly string[]): string {
  const is = (what: string, kinds: string) => `It is ${what}, which cannot be read here. Save it as ${kinds}.`
  if (childOf(main, 'workbook') || names.includes('xl/workbook.bin')) return is('an Excel workbook', 'CSV or PDF')
  if (names.some((name) => name.startsWith('xl/'))) return is('an Excel workbook', 'CSV or PDF')
  if (names.some((name) => name.startsWith('ppt/'))) return is('a PowerPoint presentation', 'PDF')
  if (names.includes('meta-inf/container.xml')) return is('an e-book', 'PDF or text')
  if (names.includes('content.xml')) return is('an OpenDocument file', 'DOCX or PDF')
  if (names.some((name) => name.startsWith('index/') && name.endsWith('.iwa')))
    return is('a Pages, Numbers or Keynote file', 'DOCX or PDF')
  return 'It is a ZIP archive without a Word document. Unpack it and attach the files you mean.'
}
