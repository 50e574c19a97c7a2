export { type GraphProblem, graphProblems, isColor, namedColors } from './check.ts'
export { anyReason, edgeOf, failedReason, foldReason, parseEdge } from './edge.ts'
export { type Expression, holds, isAboutCard, parseExpression, type Scope, scopeNames } from './expression.ts'
export { ExpressionError } from './expression-error.ts'
export {
  agentsOf,
  edgesFrom,
  type Graph,
  type GraphState,
  type GraphTransition,
  type HandlerKind,
  handlerKinds,
  stateOf,
  usualIterations,
} from './graph.ts'
export { toMermaid } from './mermaid.ts'
export {
  edgeTaken,
  type Move,
  type MovedCard,
  movesOf,
  type Outcome,
  pushbackReasons,
  type Refusal,
  refusalOfMove,
} from './moves.ts'
