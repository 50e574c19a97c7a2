import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, it } from 'vitest'
import { fixtureBytes } from '../../../../../../../fixtures/find-fixture.ts'
import { hasPictures, pagesIn, pdfText } from './pdf-text.ts'
import { aPdf } from './testing/a-pdf.ts'

async function read(data: Uint8Array<ArrayBuffer>) {
  const cMapUrl = `${import.meta.dirname}/../../../../../node_modules/pdfjs-dist/cmaps/`
  const isPictured = hasPictures(data.buffer)
  const loading = getDocument({ data, cMapUrl, verbosity: VerbosityLevel.ERRORS, disableFontFace: true })
  try {
    return await pdfText(await loading.promise, isPictured)
  } finally {
    await loading.destroy()
  }
}

it('Chinese of a font that is not in the file is read', async () => {
  expect(await read(fixtureBytes('attachments/cjk.pdf'))).toEqual({ text: '中文合同内容', notes: [] })
})

it('what was filled into a form is read', async () => {
  expect(await read(fixtureBytes('attachments/form.pdf'))).toEqual({
    text: 'Name:\n[filled in]\nname: Ada Example',
    notes: [],
  })
})

it('fields of every kind, and remarks, are read', async () => {
  const widget = '/Type /Annot /Subtype /Widget /Rect [0 0 10 10]'
  const annotations = [
    `<< ${widget} /FT /Btn /T (agree) /V /Yes /AS /Yes /AP << /N << /Yes null /Off null >> >> >>`,
    `<< ${widget} /FT /Btn /T (news) /V /Off /AS /Off /AP << /N << /Yes null /Off null >> >> >>`,
    `<< ${widget} /FT /Ch /Ff 131072 /T (land) /V (de) /Opt [[(de) (Germany)] [(fr) (France)]] >>`,
    `<< ${widget} /FT /Tx /T (empty) >>`,
    '<< /Type /Annot /Subtype /Text /Rect [0 0 10 10] /Contents (Is this right?) >>',
  ]
  const { text } = await read(aPdf({ words: 'A form', annotations }))
  expect(text).toBe(
    'A form\n[filled in]\nagree: checked\nnews: not checked\nland: Germany\n[remarks on this page]\nIs this right?',
  )
})

it('that there are pictures is said', async () => {
  const picture = '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /Length 0 >>\nstream\n\nendstream'
  const { notes } = await read(aPdf({ words: 'Look', annotations: [picture] }))
  expect(notes).toEqual(['Pictures in it are left out.'])
})

it('pages without text are named', async () => {
  const scan = {}
  expect(await read(aPdf({ words: 'Cover' }, scan, scan, { words: 'End' }))).toEqual({
    text: '[page 1]\nCover\n\n[page 2]\n\n\n[page 3]\n\n\n[page 4]\nEnd',
    notes: ['Pages 2–3 have no text: what is scanned or drawn there is left out. Attach pictures of them to show it.'],
  })
  const { text, notes } = await read(aPdf(scan))
  expect([text, notes[0]]).toEqual(['', expect.stringContaining('Page 1 has no text')])
  expect(pagesIn(Array.from({ length: 400 }, (_, i) => 2 * i))).toMatch(/^Pages 0, 2, .*, 38 and more$/)
  expect(pagesIn([1, 3, 4, 5, 9])).toBe('Pages 1, 3–5 and 9')
})
