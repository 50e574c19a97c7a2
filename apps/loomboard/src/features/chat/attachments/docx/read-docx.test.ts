import { describe, expect, it } from 'vitest'
import { fixtureBytes } from '../../../../../../../fixtures/find-fixture.ts'
import { readDocx } from './read-docx.ts'
import { aDocx, aZip } from './testing/a-docx.ts'

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (content: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`
const says = (text: string, properties = '') => paragraph(run(text), properties)
const textOf = async (...docx: Parameters<typeof aDocx>) => (await readDocx(aDocx(...docx))).text
const listed = (list: string, level = '0') => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`

describe('a Word document', () => {
  it('is read with its headings, lists and tables', async () => {
    const body = [
      says('A plan', '<w:pStyle w:val="Heading1"/>'),
      says('Salt &amp; pepper &#8212; &lt;ok&gt;'),
      says('first', '<w:numPr><w:ilvl w:val="0"/></w:numPr>'),
      `<w:tbl><w:tr><w:tc>${says('a')}</w:tc><w:tc>${says('b')}</w:tc></w:tr></w:tbl>`,
    ].join('')
    expect(await readDocx(aDocx(body))).toEqual({
      text: '# A plan\nSalt & pepper — <ok>\n- first\n| a | b |',
      notes: [],
    })
  })

  it.each([
    ['equation.docx', 'The formula is:\nE=mcx\nx<5 and done\nco\u2011op'],
    ['textbox.docx', 'Main\nBoxed text\nEnd'],
  ])('%s is read as it is drawn', async (name, text) => {
    expect(await readDocx(fixtureBytes(`attachments/${name}`).buffer)).toEqual({ text, notes: [] })
  })

  it('has its equations in a line', async () => {
    const m = (name: string, content: string) => `<m:${name}>${content}</m:${name}>`
    const r = (text: string) => m('r', m('t', text))
    const e = (text: string) => m('e', r(text))
    const fraction = m('f', m('num', r('a+b')) + m('den', r('2')))
    const root = m('rad', m('deg', '') + e('x'))
    const power = m('sSup', e('x') + m('sup', r('2')))
    const sum = m('nary', `<m:naryPr><m:chr m:val="∑"/></m:naryPr>${m('sub', r('i=1'))}${m('sup', r('n'))}${e('i')}`)
    const matrix = m('m', m('mr', e('1') + e('0')) + m('mr', e('0') + e('1')))
    const inBrackets = m('d', m('e', power))
    const line = [fraction, r('='), root, r('+'), inBrackets, r(','), sum, matrix].join('')
    expect(await textOf(paragraph(`${run('So ')}${m('oMath', line)}`))).toBe(
      'So (a+b)/2=√(x)+(x^2),∑_(i=1)^n i [1, 0; 0, 1]',
    )
  })

  it('has its notes and remarks behind it, with their places in the text', async () => {
    const reference = (kind: string, id: string) => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`
    const body = paragraph(
      [
        run('One'),
        reference('footnote', '7'),
        run(' two'),
        reference('endnote', '3'),
        reference('footnote', '4'),
        reference('comment', '0'),
      ].join(''),
    )
    const footnotes = `<w:footnotes><w:footnote w:id="-1">${says('-----')}</w:footnote><w:footnote w:id="4">${says('Second')}</w:footnote><w:footnote w:id="7">${says('First')}</w:footnote></w:footnotes>`
    const endnotes = `<w:endnotes><w:endnote w:id="3">${says('Last')}</w:endnote></w:endnotes>`
    const comments = `<w:comments><w:comment w:id="0" w:author="Ada">${says('Sure?')}</w:comment></w:comments>`
    expect(await textOf(body, { footnotes, endnotes, comments })).toBe(
      'One[^1] two[^e1][^2][^c1]\n\n[^1]: First\n[^2]: Second\n\n[^e1]: Last\n\n[^c1]: (Ada) Sure?',
    )
  })

  it('keeps tables in cells, what is boxed, and the letters that are tags', async () => {
    const inner = `<w:tbl><w:tr><w:tc>${says('x')}</w:tc><w:tc>${says('y')}</w:tc></w:tr><w:tr><w:tc>${says('z')}</w:tc></w:tr></w:tbl>`
    const table = `<w:tbl><w:tr><w:tc>${says('a')}${inner}${says('')}</w:tc><w:sdt><w:sdtContent><w:tc>${says('b')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>`
    expect(await textOf(table)).toBe('| a [x, y; z] | b |')
    const signs = paragraph(
      '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:br/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/></w:r>',
    )
    expect(await textOf(signs)).toBe('a\tbc\n✓α')
    const boxes = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    const list =
      '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="red"/><w:listEntry w:val="blue"/></w:ddList></w:ffData>'
    expect(
      await textOf(
        paragraph(`<w:r><w:fldChar>${boxes}</w:fldChar></w:r>${run(' yes ')}<w:r><w:fldChar>${list}</w:fldChar></w:r>`),
      ),
    ).toBe('☒ yes blue')
  })

  it('numbers its lists and headings as they were', async () => {
    const level = (i: number, format: string, text: string) =>
      `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
    const numbering = `<w:numbering><w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%1.%2)')}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
    const styles = `<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style></w:styles>`
    const body = [
      says('Scope', '<w:pStyle w:val="berschrift1"/>'),
      says('one', listed('5', '1')),
      says('two', listed('5', '1')),
      says('Terms', '<w:pStyle w:val="berschrift1"/>'),
      says('three', listed('5', '1')),
      says('none', listed('0')),
    ]
    expect(await textOf(body.join(''), { numbering, styles })).toBe(
      '# 1. Scope\n  1.a) one\n  1.b) two\n# 2. Terms\n  2.a) three\nnone',
    )
  })

  it('is without what was deleted, pictures and charts, and says so', async () => {
    const picture =
      '<w:r><w:drawing><wp:inline><wp:docPr descr="Our house"/><a:blip r:embed="x"/></wp:inline></w:drawing></w:r>'
    const body = paragraph(
      `<w:ins>${run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>${picture}<w:r><w:drawing><c:chart r:id="y"/></w:drawing></w:r>`,
    )
    expect(await readDocx(aDocx(body))).toEqual({
      text: 'new[picture: Our house]',
      notes: ['Left out: 1 picture, 1 chart.', 'What was deleted with changes tracked is left out.'],
    })
  })

  it('keeps where its links lead, and what stands on every page', async () => {
    const link = '<Relationship Id="l" Type="x/hyperlink" Target="https://example.org/a"/>'
    const header = `<w:hdr>${says('Secret Ltd.')}</w:hdr>`
    const footer = `<w:ftr>${says('3')}</w:ftr>`
    const body = paragraph(`${run('See ')}<w:hyperlink r:id="l">${run('here')}</w:hyperlink>`)
    expect(await textOf(body, { header, footer }, link)).toBe(
      'See [here](https://example.org/a)\n\n[page header] Secret Ltd.',
    )
  })

  it('may be of the strict kind, in UTF-16, with prefixes and names of its own', async () => {
    const rels = 'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument'
    const xml = `<?xml version="1.0" encoding="UTF-16"?><x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Zoë &gt; <![CDATA[a<b]]></x:t></x:r></x:p></x:body></x:document>`
    const file = aZip({
      '_rels/.rels': `<Relationships><Relationship Id="a" Type="${rels}" Target="/parts/main.xml"/></Relationships>`,
      'parts\\Main.xml': Buffer.from(`\ufeff${xml}`, 'utf16le'),
    })
    expect((await readDocx(file)).text).toBe('Zoë > a<b')
  })

  it.each([
    ['a workbook', aZip({ 'xl/workbook.xml': '<workbook/>' }), 'Excel workbook'],
    ['slides', aZip({ 'ppt/presentation.xml': '<p/>' }), 'PowerPoint'],
    ['an OpenDocument', aZip({ 'content.xml': '<office/>' }), 'OpenDocument'],
    ['an archive', aZip({ 'other.xml': 'x' }), 'ZIP archive'],
    ['the beginning of one', new ArrayBuffer(40), 'damaged'],
    ['an endless nest', aDocx('<w:sdt>'.repeat(2000)), 'nested too deeply'],
  ])('is refused with a reason when it is something else: %s', async (_, file, why) => {
    await expect(readDocx(file)).rejects.toThrow(why)
  })
})
