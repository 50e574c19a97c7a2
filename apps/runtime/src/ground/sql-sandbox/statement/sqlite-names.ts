import type { AstNode, QualifiedName, Stmt, With } from 'sqlite3-parser'
import { folded, type Name, type Statement, UnreadableStatement } from './statement.ts'

type Names = Pick<Statement, 'tables' | 'tableFunctions' | 'functions' | 'variables'>
/** Folded names of what the WITHs around a place define. */
type Scope = ReadonlySet<string>

/** Every name in a statement that is looked up in the database, wherever it stands, and every place for a value. */
export function namesIn(root: Stmt): Names {
  const names: Names = { tables: [], tableFunctions: [], functions: [], variables: [] }
  try {
    visit(root, new Set(), names)
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableStatement('the statement is nested too deeply')
    throw error
  }
  return names
}

function visit(node: AstNode, scope: Scope, names: Names): void {
  switch (node.type) {
    case 'TableSelectTable':
      addUnlessDefined(node.tblName, scope, names)
      break
    case 'InTableExpr':
      if (node.args) names.tableFunctions.push(toName(node.rhs))
      else addUnlessDefined(node.rhs, scope, names)
      break
    case 'TableCallSelectTable':
      names.tableFunctions.push(toName(node.tblName))
      break
    case 'QualifiedName':
      names.tables.push(toName(node))
      break
    case 'QualifiedExpr':
      if (node.schema) names.tables.push({ schema: node.schema.text, name: node.table.text })
      break
    case 'FunctionCallExpr':
    case 'FunctionCallStarExpr':
      names.functions.push(node.name.name)
      break
    case 'VariableExpr':
      names.variables.push({ name: node.name, offset: node.span.offset })
      break
    case 'InsertStmt':
    case 'UpdateStmt':
    case 'DeleteStmt':
      // What is returned is worked out where the WITH is not known any more.
      for (const column of node.returning ?? []) visit(column, scope, names)
      break
  }
  const inner = 'with' in node ? within(scope, node.with) : scope
  for (const child of childrenOf(node)) visit(child, inner, names)
}

/** Seen to already. */
const seen: Partial<Record<AstNode['type'], string>> = {
  TableSelectTable: 'tblName',
  InTableExpr: 'rhs',
  TableCallSelectTable: 'tblName',
  InsertStmt: 'returning',
  UpdateStmt: 'returning',
  DeleteStmt: 'returning',
}

/** All of them, whether or not the parser counts them as children: nothing is to be overlooked. */
function childrenOf(node: AstNode): AstNode[] {
  return Object.entries(node).flatMap(([key, value]) => (key === seen[node.type] ? [] : [value].flat().filter(isNode)))
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** Everything that a WITH defines is known in all of it, and in what it stands before. */
function within(scope: Scope, defined: With | undefined): Scope {
  if (!defined) return scope
  return new Set([...scope, ...defined.ctes.map(({ tblName }) => folded(tblName.text))])
}

function addUnlessDefined(name: QualifiedName, scope: Scope, { tables }: Names) {
  if (name.dbName || !scope.has(folded(name.objName.text))) tables.push(toName(name))
}

function toName({ dbName, objName }: QualifiedName): Name {
  return { name: objName.text, ...(dbName && { schema: dbName.text }) }
}
