import { answerWith } from '../aside.ts'
import { decodeTiff } from './tiff.ts'

answerWith(decodeTiff)
