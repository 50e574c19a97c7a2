type Schema = Record<string, unknown>

/** What a value has to be one of; undefined where it is not said. */
export function valuesOf(schema: Schema): unknown[] | undefined {
  if ('const' in schema) return [schema.const]
  return Array.isArray(schema.enum) && schema.enum.length > 0 ? schema.enum : undefined
}

/** Texts can be chosen from, but for the empty one; of numbers and the like only the type remains. Undefined for a mixture. */
export function choiceOf(values: readonly unknown[]): Schema | undefined {
  const real = values.filter((value) => value !== null)
  const nullable = real.length < values.length ? { nullable: true } : {}
  const [type, ...others] = new Set(real.map((value) => typeof value))
  if (others.length > 0) return undefined
  if (type === 'number' || type === 'boolean') return { type, ...nullable }
  if (type !== 'string') return undefined
  const isComplete = !real.includes('')
  return { type, ...(isComplete ? { enum: [...new Set(real)] } : {}), ...nullable }
}

/** In words, where the schema cannot say it. */
export function describedChoice(values: readonly unknown[]): { description?: string } {
  if (values.every((value) => (typeof value === 'string' && value !== '') || value === null)) return {}
  return { description: `One of ${values.map((value) => JSON.stringify(value)).join(', ')}.` }
}
