/**
 * Tokens and operators as small numbers (the scanner's currency), and their spellings.
 *
 * Token kinds are those of cmd/compile/internal/syntax: operators share a few
 * kinds and carry an operator code and a precedence beside; `*` and `<-` have
 * kinds of their own because they also begin types.
 */
import type { LitKind, Operator } from './ast.ts';

export const EOF = 1;
export const NAME = 2;
export const LITERAL = 3;
/** Operators except `*`. */
export const OPERATOR = 4;
export const ASSIGN_OP = 5;
export const INC_OP = 6;
export const ASSIGN = 7;
export const DEFINE = 8;
export const ARROW = 9;
export const STAR = 10;
export const LPAREN = 11;
export const LBRACK = 12;
export const LBRACE = 13;
export const RPAREN = 14;
export const RBRACK = 15;
export const RBRACE = 16;
export const COMMA = 17;
export const SEMI = 18;
export const COLON = 19;
export const DOT = 20;
export const DOTDOTDOT = 21;
export const BREAK = 22;
export const CASE = 23;
export const CHAN = 24;
export const CONST = 25;
export const CONTINUE = 26;
export const DEFAULT = 27;
export const DEFER = 28;
export const ELSE = 29;
export const FALLTHROUGH = 30;
export const FOR = 31;
export const FUNC = 32;
export const GO = 33;
export const GOTO = 34;
export const IF = 35;
export const IMPORT = 36;
export const INTERFACE = 37;
export const MAP = 38;
export const PACKAGE = 39;
export const RANGE = 40;
export const RETURN = 41;
export const SELECT = 42;
export const STRUCT = 43;
export const SWITCH = 44;
export const TYPE = 45;
export const VAR = 46;

const spellings = [
  '', 'EOF', 'name', 'literal', 'op', 'op=', 'opop', '=', ':=', '<-', '*', '(', '[', '{', ')', ']', '}', ',', ';', ':', '.', '...',
  'break', 'case', 'chan', 'const', 'continue', 'default', 'defer', 'else', 'fallthrough', 'for', 'func', 'go', 'goto', 'if', 'import',
  'interface', 'map', 'package', 'range', 'return', 'select', 'struct', 'switch', 'type', 'var',
];

/** A token kind's spelling. */
export function tokenString(tok: number): string { return spellings[tok]; }

/** A token kind as error messages name it. */
export function tokenText(tok: number): string {
  if (tok === COMMA) return 'comma';
  if (tok === SEMI) return 'semicolon or newline';
  return isKeyword(tok) ? `keyword ${spellings[tok]}` : spellings[tok];
}
export function isKeyword(tok: number): boolean { return tok >= BREAK && tok <= VAR; }

export const NOT = 2;
export const RECV = 3;
export const TILDE = 4;
export const OROR = 5;
export const ANDAND = 6;
export const EQL = 7;
export const NEQ = 8;
export const LSS = 9;
export const LEQ = 10;
export const GTR = 11;
export const GEQ = 12;
export const ADD = 13;
export const SUB = 14;
export const OR = 15;
export const XOR = 16;
export const MUL = 17;
export const DIV = 18;
export const REM = 19;
export const AND = 20;
export const ANDNOT = 21;
export const SHL = 22;
export const SHR = 23;

/** Operators by code. Code 0 is "no operator". */
export const operators = [
  '', ':', '!', '<-', '~', '||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '|', '^', '*', '/', '%', '&', '&^', '<<', '>>',
] as readonly string[] as readonly Operator[];

/** Binary precedences by operator code; 0: not binary. */
export const precedences: readonly number[] = [0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5];

export const litKinds: readonly LitKind[] = ['int', 'float', 'imag', 'rune', 'string'];
export const INT_LIT = 0;
export const FLOAT_LIT = 1;
export const IMAG_LIT = 2;
export const RUNE_LIT = 3;
export const STRING_LIT = 4;
