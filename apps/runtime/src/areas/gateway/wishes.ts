import { RuntimeError } from '@loomcycle/proto'
import type { AnswerFormat, ToolChoice } from '../../models/providers/provider.ts'
import { isObject } from '../../models/providers/tools/tool-input.ts'

/** Which tools are to be called, in OpenAI's words; nothing where that is left to the model. */
export function toolChoiceIn(choice: unknown): { toolChoice?: ToolChoice } {
  if (choice === undefined || choice === null || choice === 'auto') return {}
  if (choice === 'none' || choice === 'required') return { toolChoice: choice }
  const made = isObject(choice) && isObject(choice.function) ? choice.function : choice
  if (isObject(made) && typeof made.name === 'string') return { toolChoice: { name: made.name } }
  throw refused('tool_choice', 'must be auto, none, required, or {"type":"function","function":{"name":…}}')
}

/** What an answer is to be, in OpenAI's words; nothing where it is prose. */
export function formatIn(format: unknown): { format?: AnswerFormat } {
  if (format === undefined || format === null) return {}
  const { type, json_schema: wanted } = isObject(format) ? format : {}
  if (type === 'text') return {}
  if (type === 'json_object') return { format: { type: 'json' } }
  if (type !== 'json_schema' || !isObject(wanted) || !isObject(wanted.schema)) {
    throw refused(
      'response_format',
      'must be of the type text, json_object, or json_schema with {"name":…,"schema":{…}}',
    )
  }
  const { name, description, schema, strict } = wanted
  return {
    format: {
      type: 'schema',
      name: typeof name === 'string' && name !== '' ? name : 'answer',
      schema,
      ...(typeof description === 'string' && { description }),
      ...(typeof strict === 'boolean' && { strict }),
    },
  }
}

function refused(param: string, what: string): RuntimeError {
  return new RuntimeError('invalid_request', `${param} ${what}`, { param })
}
