import { useMemo } from 'react'
import type { OwnPaneProps } from '../../../components/definitions/editor/field.ts'
import { TeamDiagram } from '../../../components/teams/team-diagram.tsx'
import { faultyStates } from '../model/problems.ts'
import { readGraph } from '../model/read-graph.ts'

/** The graph as it stands; choosing a state goes to its row. */
export function TeamPicture({ definition, problems, onShow }: OwnPaneProps) {
  const { graph } = useMemo(() => readGraph(definition), [definition])
  const faulty = useMemo(() => faultyStates(graph, problems), [graph, problems])
  return <TeamDiagram graph={graph} faulty={faulty} onChoose={(at) => onShow(['states', String(at), 'state'])} />
}
