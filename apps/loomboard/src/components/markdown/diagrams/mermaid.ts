import mermaid from 'mermaid'

let count = 0
/** It has one configuration for all; two at a time would mix their themes. */
let last: Promise<unknown> = Promise.resolve()

/** The diagram as a standalone SVG. Rejects with what is wrong with the text. */
export function drawDiagram(source: string, theme: 'light' | 'dark'): Promise<string> {
  const drawing = last.then(nextTask).then(() => draw(source, theme))
  last = drawing.catch(() => {})
  return drawing
}

/** Between two of them the page answers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
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
    maxEdges: 500,
  })
  const { svg } = await mermaid.render(`diagram-${++count}`, source)
  return asPicture(svg)
}

/** An image is XML, and needs the size that a page would have given the drawing. */
function asPicture(html: string): string {
  const svg = new DOMParser().parseFromString(html, 'text/html').querySelector('svg')
  if (!svg) throw new Error('Nothing came of it.')
  const { x, y, width, height } = extentOf(svg)
  svg.removeAttribute('style')
  svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`)
  svg.setAttribute('width', String(width))
  svg.setAttribute('height', String(height))
  // Links lead nowhere from a picture, and their names are in a namespace that is not declared.
  for (const link of svg.querySelectorAll('a')) link.replaceWith(...link.childNodes)
  return new XMLSerializer().serializeToString(svg)
}

const margin = 8

/** Measured when all is in its place: the library does so while it still moves things, and cuts some off. */
function extentOf(svg: SVGSVGElement): { x: number; y: number; width: number; height: number } {
  const room = document.createElement('div')
  room.style.cssText = 'position: absolute; visibility: hidden; width: 0; height: 0; overflow: hidden'
  room.append(document.importNode(svg, true))
  document.body.append(room)
  const { x, y, width, height } = (room.firstElementChild as SVGSVGElement).getBBox()
  room.remove()
  return {
    x: Math.floor(x - margin),
    y: Math.floor(y - margin),
    width: Math.ceil(width + 2 * margin),
    height: Math.ceil(height + 2 * margin),
  }
}
