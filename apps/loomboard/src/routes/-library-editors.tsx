import { DefinitionEditor, type DefinitionEditorProps } from '../components/definitions/editor/definition-editor.tsx'
import { agentSpec } from '../features/agents/model/agent-spec.ts'
import { skillSpec } from '../features/skills/skill-spec.ts'

type EditorProps = Omit<DefinitionEditorProps, 'spec'>

export function AgentEditor(props: EditorProps) {
  return <DefinitionEditor spec={agentSpec} {...props} />
}

export function SkillEditor(props: EditorProps) {
  return <DefinitionEditor spec={skillSpec} {...props} />
}

export { TeamEditor } from '../features/teams/editor/team-editor.tsx'
