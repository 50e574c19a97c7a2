import 'katex/dist/katex.min.css'

export { toHtml } from './katex.ts'
