import { answerWith } from '../aside.ts'
import { readDocx } from './read-docx.ts'

answerWith(readDocx)
