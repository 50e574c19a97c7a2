import { editorSchema } from '../apps/runtime/src/ground/config/editor-schema.ts'
import { sdkReference } from '../packages/client/scripts/reference.ts'
import { outputs } from '../packages/proto/scripts/outputs.ts'
import { settingsPage } from './settings-page.ts'

/** What `pnpm codegen` writes, by path from the repository's root. */
export function generated(): Record<string, string> {
  return {
    ...outputs(),
    'docs/sdk.md': sdkReference(),
    'docs/settings.md': settingsPage(),
    'docs/config.schema.json': `${JSON.stringify(editorSchema(), null, 2)}\n`,
  }
}
