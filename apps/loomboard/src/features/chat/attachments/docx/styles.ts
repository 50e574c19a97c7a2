import { childOf, type Element, elementsIn } from './xml.ts'

/** What a style makes of its paragraphs. */
export interface Style {
  /** How deep a heading; 0 for none. The title is the first. */
  heading: number
  numbers?: Element | undefined
}

/** Told by the names of styles, which are English whatever the ids are in. */
export function stylesOf(part: Element | undefined): (id: string) => Style {
  const styles = new Map<string, Style>()
  for (const style of part ? elementsIn(childOf(part, 'w:styles') ?? part) : []) {
    const paragraph = childOf(style, 'w:pPr')
    const outline = childOf(paragraph, 'w:outlineLvl')?.attributes['w:val']
    const named = levelOf(childOf(style, 'w:name')?.attributes['w:val'] ?? '')
    styles.set(style.attributes['w:styleId'] ?? '', {
      heading: named || (outline && Number(outline) < 9 ? Number(outline) + 1 : 0),
      numbers: childOf(paragraph, 'w:numPr'),
    })
  }
  return (id) => styles.get(id) ?? { heading: levelOf(id) }
}

function levelOf(name: string): number {
  return /^title$/i.test(name) ? 1 : Number(/^heading ?(\d)$/i.exec(name)?.[1] ?? 0)
}
