/** A refusal or failure that the model should read; anything else that is thrown is shown with its message as well. */
export class ToolError extends Error {
  override name = 'ToolError'
}
