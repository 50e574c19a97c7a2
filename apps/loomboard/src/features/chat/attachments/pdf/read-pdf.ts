import { GlobalWorkerOptions, getDocument, VerbosityLevel } from 'pdfjs-dist'
import { type ReadText, UnreadableFileError } from '../attachment.ts'
import { pdfText } from './pdf-text.ts'

/** The text of a PDF. Parsed in a worker; nothing in it is run, and nothing it names is fetched. */
export async function readPdf(data: ArrayBuffer): Promise<ReadText> {
  GlobalWorkerOptions.workerPort ??= new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' })
  const loading = getDocument({
    data,
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    BinaryDataFactory: CharacterMaps,
  })
  try {
    return await pdfText(await loading.promise)
  } catch (error) {
    if ((error as { name?: string }).name === 'PasswordException') {
      throw new UnreadableFileError('It is protected by a password. Save it without one.')
    }
    throw new UnreadableFileError('The PDF is damaged.')
  } finally {
    await loading.destroy()
  }
}

/** Which letters the codes of Chinese, Japanese and Korean fonts mean, where a PDF takes that as known. */
const characterMaps = import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url',
  import: 'default',
  eager: true,
})

class CharacterMaps {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const path = Object.keys(characterMaps).find((path) => path.endsWith(`/${filename}`))
    if (kind !== 'cMapUrl' || !path) throw new Error(`There is no ${filename}.`)
    const response = await fetch(characterMaps[path]!)
    if (!response.ok) throw new Error(`${filename} could not be loaded.`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
