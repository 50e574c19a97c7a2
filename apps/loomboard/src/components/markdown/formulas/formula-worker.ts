import { ready } from '../budget/timed-worker.ts'
import type { FormulaAnswer, FormulaRequest } from './formula-apart.ts'
import { toHtml } from './katex.ts'

addEventListener('message', ({ data }: MessageEvent<FormulaRequest>) => {
  const html = toHtml(data.tex, data.display)
  const answer: FormulaAnswer = !html
    ? { refused: 'broken' }
    : html.length > data.most
      ? { refused: 'large' }
      : { html }
  postMessage(answer)
})
postMessage(ready)
