/** Basic types: the predeclared ones and the kinds of untyped constants. Imports nothing, so that any module may use it while loading. */

/** Kinds of basic types, in types2's order. */
export const BasicKind = {
  Invalid: 0, Bool: 1, Int: 2, Int8: 3, Int16: 4, Int32: 5, Int64: 6, Uint: 7, Uint8: 8, Uint16: 9, Uint32: 10, Uint64: 11, Uintptr: 12,
  Float32: 13, Float64: 14, Complex64: 15, Complex128: 16, String: 17, UnsafePointer: 18,
  UntypedBool: 19, UntypedInt: 20, UntypedRune: 21, UntypedFloat: 22, UntypedComplex: 23, UntypedString: 24, UntypedNil: 25,
} as const;

export const IsBoolean = 1, IsInteger = 2, IsUnsigned = 4, IsFloat = 8, IsComplex = 16, IsString = 32, IsUntyped = 64;
export const IsOrdered = IsInteger | IsFloat | IsString;
export const IsNumeric = IsInteger | IsFloat | IsComplex;
export const IsConstType = IsBoolean | IsNumeric | IsString;

/** A predeclared basic type, or the kind of an untyped constant. `info` holds the Is… flags. */
export class Basic {
  readonly kind = 'Basic';
  constructor(readonly basic: number, readonly info: number, readonly name: string) {}
  isBoolean(): boolean { return (this.info & IsBoolean) !== 0; }
  isInteger(): boolean { return (this.info & IsInteger) !== 0; }
  isUnsigned(): boolean { return (this.info & IsUnsigned) !== 0; }
  isFloat(): boolean { return (this.info & IsFloat) !== 0; }
  isComplex(): boolean { return (this.info & IsComplex) !== 0; }
  isString(): boolean { return (this.info & IsString) !== 0; }
  isNumeric(): boolean { return (this.info & IsNumeric) !== 0; }
  isUntyped(): boolean { return (this.info & IsUntyped) !== 0; }
  isUnsafePointer(): boolean { return this.basic === BasicKind.UnsafePointer; }
}

const b = (kind: keyof typeof BasicKind, info: number, name: string): Basic => new Basic(BasicKind[kind], info, name);

/** The basic types by kind: `Typ.Int`, `Typ.UntypedNil`, `Typ.Invalid`. byte and rune are universeByte, universeRune. */
export const Typ = {
  Invalid: b('Invalid', 0, 'invalid type'),
  Bool: b('Bool', IsBoolean, 'bool'),
  Int: b('Int', IsInteger, 'int'),
  Int8: b('Int8', IsInteger, 'int8'),
  Int16: b('Int16', IsInteger, 'int16'),
  Int32: b('Int32', IsInteger, 'int32'),
  Int64: b('Int64', IsInteger, 'int64'),
  Uint: b('Uint', IsInteger | IsUnsigned, 'uint'),
  Uint8: b('Uint8', IsInteger | IsUnsigned, 'uint8'),
  Uint16: b('Uint16', IsInteger | IsUnsigned, 'uint16'),
  Uint32: b('Uint32', IsInteger | IsUnsigned, 'uint32'),
  Uint64: b('Uint64', IsInteger | IsUnsigned, 'uint64'),
  Uintptr: b('Uintptr', IsInteger | IsUnsigned, 'uintptr'),
  Float32: b('Float32', IsFloat, 'float32'),
  Float64: b('Float64', IsFloat, 'float64'),
  Complex64: b('Complex64', IsComplex, 'complex64'),
  Complex128: b('Complex128', IsComplex, 'complex128'),
  String: b('String', IsString, 'string'),
  UnsafePointer: b('UnsafePointer', 0, 'Pointer'),
  UntypedBool: b('UntypedBool', IsBoolean | IsUntyped, 'untyped bool'),
  UntypedInt: b('UntypedInt', IsInteger | IsUntyped, 'untyped int'),
  UntypedRune: b('UntypedRune', IsInteger | IsUntyped, 'untyped rune'),
  UntypedFloat: b('UntypedFloat', IsFloat | IsUntyped, 'untyped float'),
  UntypedComplex: b('UntypedComplex', IsComplex | IsUntyped, 'untyped complex'),
  UntypedString: b('UntypedString', IsString | IsUntyped, 'untyped string'),
  UntypedNil: b('UntypedNil', IsUntyped, 'untyped nil'),
} as const;

/** Basic type objects named byte and rune: identical to uint8 and int32, but printed by their alias. */
export const universeByte = new Basic(BasicKind.Uint8, IsInteger | IsUnsigned, 'byte');
export const universeRune = new Basic(BasicKind.Int32, IsInteger, 'rune');
