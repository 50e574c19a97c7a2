/** What is written is none; says where, and what was expected. */
export class ExpressionError extends Error {
  override name = 'ExpressionError'
}
