import { object, optional } from '@loomcycle/proto'
import { Type } from 'typebox'
import { volume } from '../files/input.ts'

export const defaultSeconds = 30

export const shellInput = (title: string) =>
  object(title, {
    command: Type.String({ minLength: 1, maxLength: 131_072, description: 'What the shell is to do.' }),
    timeout_seconds: optional(
      Type.Integer({
        minimum: 1,
        maximum: 300,
        description: `It is killed after so long; ${defaultSeconds} unless given.`,
      }),
    ),
    volume: volume,
  })
