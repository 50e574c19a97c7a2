/** A page of a PDF: its words, and objects that stand on it. */
export interface Page {
  words?: string
  annotations?: readonly string[]
}

/** The smallest PDF that has these pages. */
export function aPdf(...pages: readonly Page[]): Uint8Array<ArrayBuffer> {
  const objects: string[] = ['', '', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
  const add = (object: string) => `${objects.push(object)} 0 R`
  const annotations: string[] = []
  const kids = pages.map(({ words, annotations: own = [] }) => {
    const stream = words ? `BT /F1 24 Tf 50 700 Td (${words}) Tj ET` : '0 0 100 100 re f'
    const contents = add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`)
    const annots = own.map(add)
    annotations.push(...annots)
    const resources = '<< /Font << /F1 3 0 R >> >>'
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${contents} /Resources ${resources} /Annots [${annots.join(' ')}] >>`,
    )
  })
  objects[0] = `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${annotations.join(' ')}] >> >>`
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`
  let body = '%PDF-1.7\n'
  const offsets = objects.map((object, i) => {
    const offset = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`
  return new Uint8Array(
    Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, 'latin1'),
  )
}
