import { childOf, type Element, elementsIn } from './xml.ts'

/** An equation in a line: what stands above, below or under a root is in brackets where it is more than a letter. */
export function equation(element: Element): string {
  return elementsIn(element).map(term).join('').trim()
}

function term(element: Element): string {
  const part = (name: string) => {
    const child = childOf(element, name)
    return child ? equation(child) : ''
  }
  const property = (name: string) => childOf(childOf(element, `${element.name}Pr`), name)?.attributes['m:val']
  switch (element.name) {
    case 'm:r':
      return elementsIn(element).map(run).join('')
    case 'm:f':
      return `${group(part('m:num'))}/${group(part('m:den'))}`
    case 'm:sSup':
      return `${part('m:e')}${raised('^', part('m:sup'))}`
    case 'm:sSub':
      return `${part('m:e')}${raised('_', part('m:sub'))}`
    case 'm:sSubSup':
      return `${part('m:e')}${raised('_', part('m:sub'))}${raised('^', part('m:sup'))}`
    case 'm:sPre':
      return `${raised('_', part('m:sub'))}${raised('^', part('m:sup'))}${part('m:e')}`
    case 'm:rad':
      return `${root(part('m:deg'))}(${part('m:e')})`
    case 'm:nary':
      return `${property('m:chr') ?? '∫'}${raised('_', part('m:sub'))}${raised('^', part('m:sup'))} ${part('m:e')} `
    case 'm:d': {
      const inside = elementsIn(element)
        .filter(({ name }) => name === 'm:e')
        .map(equation)
      return `${property('m:begChr') ?? '('}${inside.join(property('m:sepChr') ?? '|')}${property('m:endChr') ?? ')'}`
    }
    case 'm:func':
      return `${part('m:fName')} ${group(part('m:e'))}`
    case 'm:limLow':
      return `${part('m:e')}${raised('_', part('m:lim'))}`
    case 'm:limUpp':
      return `${part('m:e')}${raised('^', part('m:lim'))}`
    case 'm:acc':
      return `${group(part('m:e'))}${property('m:chr') ?? '\u0302'}`
    case 'm:m':
      return `[${elementsIn(element)
        .filter(({ name }) => name === 'm:mr')
        .map(row)
        .join('; ')}]`
    case 'm:eqArr':
      return elementsIn(element)
        .filter(({ name }) => name === 'm:e')
        .map(equation)
        .join('; ')
    case 'w:del':
    case 'w:moveFrom':
      return ''
    default:
      return element.name.endsWith('Pr') ? '' : equation(element)
  }
}

function run(child: Element): string {
  if (child.name === 'm:t' || child.name === 'w:t')
    return child.children.filter((one) => typeof one === 'string').join('')
  return child.name === 'w:noBreakHyphen' ? '\u2011' : ''
}

const row = (element: Element) =>
  elementsIn(element)
    .filter(({ name }) => name === 'm:e')
    .map(equation)
    .join(', ')

const isSimple = (text: string) => /^(?:[\d.,]+|.)$/u.test(text)
const group = (text: string) => (isSimple(text) ? text : `(${text})`)
const raised = (sign: string, text: string) => (text === '' ? '' : `${sign}${group(text)}`)
const root = (degree: string) => (degree === '' ? '√' : degree === '3' ? '∛' : `${degree}√`)
