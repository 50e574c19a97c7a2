import mermaid from 'mermaid'

let count = 0
/** It has one configuration for all; two at a time would mix their themes. */
let last: Promise<unknown> = Promise.resolve()

/** The diagram as a standalone SVG. Rejects with what is wrong with the text. */
export function drawDiagram(source: string, theme: 'light' | 'dark'): Promise<string> {
  const drawing = last.then(() => draw(source, theme))
  last = drawing.catch(() => {})
  return drawing
}

async function draw(source: string, theme: 'light' | 'dark'): Promise<string> {
  mermaid.initialize({
    startOnLoad: false,
    layout: 'dagre',
    securityLevel: 'strict',
    theme: theme === 'dark' ? 'dark' : 'neutral',
    fontFamily: 'ui-sans-serif, system-ui, sans-serif',
    // A picture has no HTML in it.
    htmlLabels: false,
    flowchart: { htmlLabels: false, useMaxWidth: false },
    suppressErrorRendering: true,
    maxTextSize: 20_000,
  })
  const { svg } = await mermaid.render(`diagram-${++count}`, source)
  return withSize(svg)
}

/** An image element needs the size that a page would have given the drawing. */
function withSize(svg: string): string {
  const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  if (!width || !height) return svg
  return svg.replace(/<svg ([^>]*?)>/, (_, attributes: string) => {
    const rest = attributes.replace(/\s(?:width|height)="[^"]*"/g, '').replace(/max-width:[^;"]*;?/, '')
    return `<svg ${rest} width="${width}" height="${height}">`
  })
}
