import type { ParseRequest } from './parse-apart.ts'
import { parseWithin } from './parse-within.ts'
import { ready } from './timed-worker.ts'

addEventListener('message', ({ data }: MessageEvent<ParseRequest>) => postMessage(parseWithin(data.text, data.most)))
postMessage(ready)
