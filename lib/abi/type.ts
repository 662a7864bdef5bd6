/**
 * Type descriptors: what the compiler tells the runtime about a type.
 *
 * As in Go (internal/abi/type.go), a descriptor is a record in memory; an
 * interface's type word and a span's large-object type are its address. Ours lie
 * in the low, static part of linear memory, so a TypePtr is a plain offset and
 * the runtime reads fields through typed arrays.
 *
 * The record has a common head of 64 bytes, then words that depend on the kind.
 * All 8-byte fields hold values below 2**32, so reading the low half is enough.
 *
 *   0 size       u64   bytes of a value
 *   8 ptrdata    u64   bytes from the start that can hold pointers
 *  16 hash       u32
 *  20 tflag      u8    see tflag*
 *  21 align      u8
 *  22 fieldAlign u8
 *  23 kind       u8    see Kind
 *  24 equalFn    u32   table index of func(p, q unsafe.Pointer) bool; 0: not comparable
 *  28 hashFn     u32   unused by the runtime, which hashes by descriptor
 *  32 gcdata     u64   offset of the pointer mask: bit i of byte i/8 = word i is a pointer
 *  40 str        u64   offset of the type's text ("main.T", "[]int")
 *  48 strLen     u64
 *  56 uncommon   u64   offset of the uncommon record, 0 if none
 *
 * Kind words (offset 64 on):
 *   pointer, slice   64 elem
 *   array            64 elem, 72 len
 *   chan             64 elem, 72 dir (1 recv, 2 send, 3 both)
 *   map              64 key, 72 elem, 80 group type (Swiss, version ≥ 1.24), 88 bucket type (hmap), 96 flags (u32), 100 u32 of the runtime's
 *   func             64 offset of in-types, 72 count, 80 offset of out-types, 88 count, 96 variadic
 *   struct           64 offset of fields, 72 count; field = structField* below
 *   interface        64 offset of methods, 72 count; method = imethod* below
 * Uncommon record: 0 pkgPath, 8 pkgPathLen, 16 name, 24 nameLen, 32 methods offset, 40 count, 48 the descriptor of *T if that has more methods; method = method* below,
 * sorted by name, exported and not.
 */

export type TypePtr = number;

export const kindBool = 1, kindInt = 2, kindInt8 = 3, kindInt16 = 4, kindInt32 = 5, kindInt64 = 6;
export const kindUint = 7, kindUint8 = 8, kindUint16 = 9, kindUint32 = 10, kindUint64 = 11, kindUintptr = 12;
export const kindFloat32 = 13, kindFloat64 = 14, kindComplex64 = 15, kindComplex128 = 16;
export const kindArray = 17, kindChan = 18, kindFunc = 19, kindInterface = 20, kindMap = 21, kindPointer = 22;
export const kindSlice = 23, kindString = 24, kindStruct = 25, kindUnsafePointer = 26;

export const typeSize = 0, typePtrdata = 8, typeHash = 16, typeTflag = 20, typeAlign = 21, typeFieldAlign = 22, typeKind = 23;
export const typeEqualFn = 24, typeHashFn = 28, typeGcdata = 32, typeStr = 40, typeStrLen = 48, typeUncommon = 56;
export const typeElem = 64, typeLen = 72, typeDir = 72;
export const typeKey = 64, typeMapElem = 72, typeGroup = 80, typeBucket = 88, typeMapFlags = 96;
/** Record of swissmap.ts for compiled code, made when the type is first used; 0: none, its maps are the runtime's business. */
export const typeMapInfo = 100;
export const typeIn = 64, typeInCount = 72, typeOut = 80, typeOutCount = 88, typeVariadic = 96;
export const typeFields = 64, typeFieldCount = 72, typeMethods = 64, typeMethodCount = 72;
/** Bytes reserved for every descriptor record. */
export const typeRecordSize = 104;

/** The type has a name (it is defined or predeclared). */
export const tflagNamed = 4;
/** Values compare by their bytes. */
export const tflagRegularMemory = 8;
/** A value is one pointer word and is stored directly in an interface's data word. */
export const tflagDirectIface = 16;
/** Kept from an internal hash change: the text starts with an extra "*". Not used by us. */
export const tflagExtraStar = 2;

export const structFieldName = 0, structFieldNameLen = 8, structFieldType = 16, structFieldOffset = 24;
/** bit 0 embedded, bit 1 exported */
export const structFieldFlags = 32;
export const structFieldTag = 40, structFieldTagLen = 48, structFieldSize = 56;

export const imethodName = 0, imethodNameLen = 8, imethodType = 16, imethodPkg = 24, imethodPkgLen = 32, imethodSize = 40;

/** A method: name, its func type without receiver, table index of the body taking the receiver as one pointer word. */
export const methodName = 0, methodNameLen = 8, methodType = 16, methodPkg = 24, methodPkgLen = 32, methodFn = 40, methodFlags = 44, methodSize = 48;

/** itab: 0 interface type, 8 dynamic type, 16 hash u32, 24 one u64 per method: the table index (in the low half). */
export const itabInter = 0, itabType = 8, itabHash = 16, itabFun = 24;

/** Key/elem of a map stored by pointer because larger than 128 bytes; hash may panic; keys may need update on overwrite. */
export const mapIndirectKey = 1, mapIndirectElem = 2, mapHashMightPanic = 4, mapNeedKeyUpdate = 8;
