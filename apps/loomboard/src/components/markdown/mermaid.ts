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
  return asPicture(svg)
}

/** An image is XML, and needs the size that a page would have given the drawing. */
function asPicture(html: string): string {
  const svg = new DOMParser().parseFromString(html, 'text/html').querySelector('svg')
  if (!svg) throw new Error('Nothing came of it.')
  const { width, height } = svg.viewBox.baseVal
  svg.removeAttribute('style')
  svg.setAttribute('width', String(Math.ceil(width)))
  svg.setAttribute('height', String(Math.ceil(height)))
  // Links lead nowhere from a picture, and their names are in a namespace that is not declared.
  for (const link of svg.querySelectorAll('a')) link.replaceWith(...link.childNodes)
  return new XMLSerializer().serializeToString(svg)
}
