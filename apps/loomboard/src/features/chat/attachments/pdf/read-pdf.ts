import { GlobalWorkerOptions, getDocument, VerbosityLevel } from 'pdfjs-dist'
import { UnreadableFileError } from '../../../../lib/unreadable-file.ts'
import type { ReadText } from '../attachment.ts'
import { hasPictures, pdfText } from './pdf-text.ts'

/** The text of a PDF. Parsed in a worker; nothing in it is run, and nothing it names is fetched. */
export async function readPdf(data: ArrayBuffer): Promise<ReadText> {
  GlobalWorkerOptions.workerPort ??= new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' })
  const missing: string[] = []
  const isPictured = hasPictures(data)
  const loading = getDocument({
    data,
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    BinaryDataFactory: characterMaps(missing),
  })
  try {
    const read = await pdfText(await loading.promise, isPictured)
    // The parser goes on without them, and makes other letters of the text.
    if (missing.length > 0) throw new UnreadableFileError('What its letters mean could not be loaded. Try again.')
    return read
  } catch (error) {
    const { name } = error as { name?: string }
    if (name === 'PasswordException') {
      throw new UnreadableFileError('It is protected by a password. Save it without one.')
    }
    if (damages.includes(name ?? '')) throw new UnreadableFileError('The PDF is damaged.')
    throw error
  } finally {
    await loading.destroy()
  }
}

const damages = ['InvalidPDFException', 'FormatError', 'UnknownErrorException']

/** Which letters the codes of Chinese, Japanese and Korean fonts mean, where a PDF takes that as known. */
const files = import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url',
  import: 'default',
  eager: true,
})

function characterMaps(missing: string[]) {
  return class {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      const path = Object.keys(files).find((one) => one.endsWith(`/${filename}`))
      if (kind !== 'cMapUrl' || !path) throw new Error(`There is no ${filename}.`)
      const response = await fetch(files[path]!).catch(() => undefined)
      if (response?.ok) return new Uint8Array(await response.arrayBuffer())
      missing.push(filename)
      throw new Error(`${filename} could not be loaded.`)
    }
  }
}
