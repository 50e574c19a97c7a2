/** What the parts of a statement may be, by the names that Postgres' parser has for them. Whatever is not here is closed. */
const ofQueries = `SelectStmt ResTarget ColumnRef String Integer Float Boolean BitString A_Star A_Const A_Expr BoolExpr NullTest
  BooleanTest SubLink FuncCall NamedArgExpr CaseExpr CaseWhen CoalesceExpr MinMaxExpr TypeCast TypeName CollateClause RowExpr
  A_ArrayExpr A_Indirection A_Indices RangeVar RangeSubselect RangeFunction JoinExpr SortBy WindowDef GroupingSet
  GroupingFunc CommonTableExpr CTESearchClause CTECycleClause List ParamRef SQLValueFunction ColumnDef JsonObjectConstructor
  JsonArrayConstructor JsonArrayQueryConstructor JsonObjectAgg JsonArrayAgg JsonIsPredicate JsonFuncExpr JsonTable
  JsonTableColumn JsonTablePathSpec JsonKeyValue JsonValueExpr JsonFormat JsonOutput JsonBehavior JsonArgument
  JsonParseExpr JsonScalarExpr JsonSerializeExpr JsonReturning JsonAggConstructor`

const ofChanges = `InsertStmt UpdateStmt DeleteStmt MergeStmt MergeWhenClause MultiAssignRef SetToDefault IndexElem
  ReturningOption`

const ofSchemas = `CreateStmt CreateTableAsStmt ViewStmt IndexStmt AlterTableStmt AlterTableCmd RenameStmt DropStmt TruncateStmt
  CreateEnumStmt CommentStmt Constraint DefElem TableLikeClause`

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

export const openNodes = { query: words(ofQueries), exec: words(`${ofQueries} ${ofChanges} ${ofSchemas}`) }

export const changes: ReadonlySet<string> = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])
export const schemaChanges: ReadonlySet<string> = new Set(
  ofSchemas.split(/\s+/).filter((name) => name.endsWith('Stmt')),
)

/** What may be made, changed, renamed, dropped and commented on. */
export const openObjects: ReadonlySet<string> = new Set(
  ['TABLE', 'VIEW', 'INDEX', 'COLUMN', 'TABCONSTRAINT', 'TYPE', 'ATTRIBUTE'].map((what) => `OBJECT_${what}`),
)

export const openAlterations: ReadonlySet<string> = new Set(
  `AddColumn DropColumn ColumnDefault AlterColumnType SetNotNull DropNotNull AddConstraint DropConstraint ValidateConstraint
  SetStatistics SetExpression DropExpression AddIdentity SetIdentity DropIdentity AlterConstraint`
    .split(/\s+/)
    .map((what) => `AT_${what}`),
)

/** The words of a statement, where the parser's name for it has others. */
const verbs: Record<string, string> = {
  VariableSetStmt: 'SET',
  VariableShowStmt: 'SHOW',
  CreateTrigStmt: 'CREATE TRIGGER',
  CreateEventTrigStmt: 'CREATE EVENT TRIGGER',
  CreateStatsStmt: 'CREATE STATISTICS',
  CreatedbStmt: 'CREATE DATABASE',
  DropdbStmt: 'DROP DATABASE',
  AlterDatabaseSetStmt: 'ALTER DATABASE',
  CreateSeqStmt: 'CREATE SEQUENCE',
  AlterSeqStmt: 'ALTER SEQUENCE',
  CreatePLangStmt: 'CREATE LANGUAGE',
  CreateFdwStmt: 'CREATE FOREIGN DATA WRAPPER',
  CreateForeignServerStmt: 'CREATE SERVER',
  DefineStmt: 'CREATE',
  GrantRoleStmt: 'GRANT',
  AlterRoleSetStmt: 'ALTER ROLE',
  CreateTableAsStmt: 'CREATE TABLE AS',
  CreateStmt: 'CREATE TABLE',
  ViewStmt: 'CREATE VIEW',
  IndexStmt: 'CREATE INDEX',
  RuleStmt: 'CREATE RULE',
  DeallocateStmt: 'DEALLOCATE',
  ClosePortalStmt: 'CLOSE',
  CheckPointStmt: 'CHECKPOINT',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  CompositeTypeStmt: 'CREATE TYPE',
  CreateEnumStmt: 'CREATE TYPE',
  ReassignOwnedStmt: 'REASSIGN OWNED',
  SecLabelStmt: 'SECURITY LABEL',
}

export function verbOf(node: string): string {
  return (
    verbs[node] ??
    node
      .replace(/Stmt$/, '')
      .replace(/(?<!^)[A-Z]/g, ' $&')
      .toUpperCase()
  )
}
