import { isDictionary, type Json, must, refusal } from './refusal.ts'

/** An escape that stands for half a character; a backslash that somebody wrote is escaped itself. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i

/** What Gemini refuses, as far as its 400s are known. Answers the first complaint, or undefined. */
export function validateGemini(model: string, body: unknown): string | undefined {
  return refusal(() => checkRequest(model, body as Json))
}

const NAME = /^[a-zA-Z_][a-zA-Z0-9_.-]{0,63}$|^[a-zA-Z0-9_-]{1,64}$/
const IMAGES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean']
const FORMATS = ['enum', 'date-time', 'int32', 'int64', 'float', 'double']
const WORDS = ['type', 'format', 'description', 'nullable', 'enum', 'items', 'properties', 'required', 'anyOf']
const LIMITS = ['minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum']

function checkRequest(model: string, body: Json): void {
  must(JSON.stringify(body).isWellFormed() && !HALF_CHARACTER.test(JSON.stringify(body)), 'invalid unicode in request')
  const known = ['contents', 'systemInstruction', 'tools', 'generationConfig']
  for (const key of Object.keys(body)) must(known.includes(key), `Unknown name "${key}": Cannot find field.`)
  if (body.systemInstruction) {
    must(!/gemma-[123]/.test(model), `Developer instruction is not enabled for models/${model}`)
    must(body.systemInstruction.parts.length > 0, 'systemInstruction.parts: must not be empty')
    for (const part of body.systemInstruction.parts) must(part.text.trim() !== '', 'systemInstruction: empty text')
  }
  checkTools(body.tools ?? [])
  checkContents(body.contents, /gemini-3/.test(model))
  checkGeneration(body.generationConfig ?? {}, model)
}

function checkTools(tools: Json[]): void {
  const declared = tools.flatMap((tool) => tool.functionDeclarations)
  must(tools.length === 0 || declared.length > 0, 'tools[0].functionDeclarations: must not be empty')
  must(new Set(declared.map(({ name }) => name)).size === declared.length, 'Duplicate function declaration found')
  for (const { name, parameters } of declared) {
    must(NAME.test(name), `Invalid function name ${name}`)
    if (parameters === undefined) continue
    must(parameters.type === 'object', 'parameters schema should be of type OBJECT')
    must(Object.keys(parameters.properties ?? {}).length > 0, 'parameters.properties: should be non-empty for OBJECT')
    checkSchema(parameters, 'parameters')
  }
}

function checkSchema(schema: Json, where: string): void {
  must(isDictionary(schema), `${where}: must be an object`)
  for (const key of Object.keys(schema)) {
    must([...WORDS, ...LIMITS].includes(key), `Unknown name "${key}" at ${where}: Cannot find field.`)
    if (LIMITS.includes(key)) must(typeof schema[key] === 'number', `${where}.${key}: must be a number`)
  }
  const { type, anyOf, enum: values, items, properties, required, format } = schema
  must(anyOf !== undefined || TYPES.includes(type), `${where}.type: must be specified when not using any_of fields`)
  must(anyOf === undefined || (anyOf.length > 0 && type === undefined), `${where}.any_of: only field when set`)
  for (const [at, branch] of (anyOf ?? []).entries()) checkSchema(branch, `${where}.any_of[${at}]`)
  must(format === undefined || FORMATS.includes(format), `${where}.format: only known formats are supported`)
  must(values === undefined || type === 'string', `${where}.enum: only allowed for STRING type`)
  for (const value of values ?? []) {
    must(typeof value === 'string', `Invalid value at ${where}.enum (TYPE_STRING), ${value}`)
    must(value !== '', `${where}.enum: cannot be empty`)
  }
  must((items === undefined) === (type !== 'array'), `${where}.items: missing field, or not of an ARRAY`)
  if (items) checkSchema(items, `${where}.items`)
  must(properties === undefined || type === 'object', `${where}.properties: only allowed for OBJECT type`)
  for (const [name, member] of Object.entries(properties ?? {})) checkSchema(member, `${where}.properties[${name}]`)
  for (const name of required ?? []) {
    must(Object.hasOwn(properties ?? {}, name), `${where}.required: property is not defined`)
  }
}

function checkContents(contents: Json[], mustSign: boolean): void {
  must(Array.isArray(contents) && contents.length > 0, 'contents is not specified')
  let owed: Json[] = []
  for (const [at, { role, parts }] of contents.entries()) {
    const where = `contents[${at}]`
    must(role === (at % 2 === 0 ? 'user' : 'model'), `${where}: roles must alternate between user and model`)
    must(Array.isArray(parts) && parts.length > 0, `${where}.parts: must include at least one parts field`)
    if (role === 'user') {
      checkResults(parts, owed, where)
      for (const part of parts) checkUserPart(part, where)
      owed = []
    } else {
      for (const part of parts) checkModelPart(part, where)
      owed = parts.filter((part: Json) => part.functionCall).map((part: Json) => part.functionCall)
      const first = parts.find((part: Json) => part.functionCall)
      must(!mustSign || !first || first.thoughtSignature, `${where}: Function call is missing a thought_signature`)
    }
  }
  must(contents.at(-1)!.role === 'user', 'contents: must end with a user turn')
}

function checkResults(parts: Json[], owed: Json[], where: string): void {
  const results = parts.filter((part) => part.functionResponse).map((part) => part.functionResponse)
  must(
    results.length === owed.length,
    `${where}: the number of function response parts must be equal to the number of function call parts`,
  )
  for (const [at, { name, id }] of results.entries()) {
    must(name === owed[at].name && id === owed[at].id, `${where}: a response does not match its call`)
  }
}

function checkUserPart(part: Json, where: string): void {
  must(part.thoughtSignature === undefined, `${where}: a signature in a user turn`)
  if (part.functionResponse) {
    must(isDictionary(part.functionResponse.response), `${where}: functionResponse.response must be an object`)
  } else if (part.inlineData) {
    must(IMAGES.includes(part.inlineData.mimeType), `${where}: Unsupported MIME type`)
    must(/^[A-Za-z0-9+/]+=*$/.test(part.inlineData.data), `${where}: Base64 decoding failed`)
  } else {
    must(typeof part.text === 'string' && part.text.trim() !== '', `${where}: must have a text parameter`)
  }
}

function checkModelPart(part: Json, where: string): void {
  must(part.thoughtSignature === undefined || typeof part.thoughtSignature === 'string', `${where}: signature`)
  if (part.functionCall) {
    must(NAME.test(part.functionCall.name), `${where}: Invalid function name`)
    must(isDictionary(part.functionCall.args), `${where}: functionCall.args must be an object`)
  } else {
    must(typeof part.text === 'string', `${where}: must have a text parameter`)
    must(part.text.trim() !== '' || part.thoughtSignature, `${where}: must have a text parameter`)
  }
}

function checkGeneration(config: Json, model: string): void {
  must((config.stopSequences ?? []).length <= 5, 'stop_sequences: has more than 5')
  for (const stop of config.stopSequences ?? []) must(stop !== '', 'stop_sequences: cannot be empty')
  must(config.seed === undefined || config.seed === (config.seed | 0), 'seed: Invalid value (TYPE_INT32)')
  must(config.topK === undefined || (config.topK >= 1 && config.topK < 65), 'topK: supported range is 1 to 65')
  const penalty = config.frequencyPenalty ?? config.presencePenalty
  must(penalty === undefined || !/gemini-(2\.5|3)/.test(model), `Penalty is not enabled for models/${model}`)
  const thinking = config.thinkingConfig
  if (thinking === undefined) return
  must(/gemini-(2\.5|3)/.test(model), `Thinking is not enabled for models/${model}`)
  must(
    thinking.thinkingBudget === undefined || thinking.thinkingLevel === undefined,
    'thinking_budget and thinking_level are not supported together',
  )
  const { thinkingLevel: level, thinkingBudget: budget } = thinking
  must(level === undefined || /gemini-3/.test(model), 'thinking_level is not supported by this model')
  must(level !== 'medium' || !/gemini-3-pro/.test(model), 'Thinking level MEDIUM is not supported by this model')
  must(level !== 'minimal' || /flash/.test(model), 'Thinking level MINIMAL is not supported by this model')
  must(budget !== 0 || !/-pro/.test(model), 'Budget 0 is invalid. This model only works in thinking mode.')
  must(budget !== 0 || !thinking.includeThoughts, 'include_thoughts is only enabled when thinking is enabled')
  must(budget === undefined || budget === 0 || budget > 0, 'thinking_budget: out of range')
}
