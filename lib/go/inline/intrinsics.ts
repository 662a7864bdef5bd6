/**
 * Functions amd64's code generator replaces by instructions: calls of them cost
 * the inliner one node and are never inlined. Facts from cmd/compile/internal/ssagen
 * of Go 1.26, the same for every version modelled (SIMPLIFIED).
 */
const table: Record<string, string> = {
  runtime: 'slicebytetostringtmp KeepAlive',
  'internal/runtime/math': 'MulUintptr Mul64 Add64',
  'internal/runtime/sys': 'GetCallerPC GetCallerSP GetClosurePtr Bswap32 Bswap64 Prefetch PrefetchStreamed TrailingZeros8 TrailingZeros32 TrailingZeros64 Len8 Len64 OnesCount64',
  'internal/runtime/atomic': 'Load Load8 Load64 LoadAcq LoadAcq64 Loadp Store Store8 Store64 StorepNoWB StoreRel StoreRel64 Xchg8 Xchg Xchg64 Xadd Xadd64 Cas Cas64 '
    + 'CasRel And8 And Or8 Or And64 And32 Or64 Or32 Loadint32 Loadint64 Loaduintptr Loaduint LoadAcquintptr Storeint32 Storeint64 Storeuintptr StoreReluintptr Xchgint32 '
    + 'Xchgint64 Xchguintptr Xaddint32 Xaddint64 Xadduintptr Casint32 Casint64 Casuintptr Casp1 Anduintptr Oruintptr',
  'internal/runtime/maps': 'bitsetFirst bitsetRemoveBelow bitsetLowestSet bitsetShiftOutLowest ctrlGroupMatchH2 ctrlGroupMatchEmpty ctrlGroupMatchEmptyOrDeleted ctrlGroupMatchFull',
  'crypto/internal/constanttime': 'Select boolToUint8',
  math: 'sqrt FMA RoundToEven Floor Ceil Trunc',
  'math/big': 'mulWW',
  'math/bits': 'TrailingZeros64 TrailingZeros32 TrailingZeros16 TrailingZeros8 ReverseBytes64 ReverseBytes32 Len64 Len32 Len16 Len8 Len RotateLeft8 RotateLeft16 '
    + 'RotateLeft32 RotateLeft64 RotateLeft OnesCount64 OnesCount32 OnesCount16 OnesCount Mul64 Mul Add64 Add Sub64 Sub Div64 Div',
  sync: 'runtime_LoadAcquintptr runtime_StoreReluintptr',
  'sync/atomic': 'LoadInt32 LoadInt64 LoadPointer LoadUint32 LoadUint64 LoadUintptr StoreInt32 StoreInt64 StoreUint32 StoreUint64 StoreUintptr SwapInt32 SwapInt64 '
    + 'SwapUint32 SwapUint64 SwapUintptr CompareAndSwapInt32 CompareAndSwapInt64 CompareAndSwapUint32 CompareAndSwapUint64 CompareAndSwapUintptr AddInt32 AddInt64 '
    + 'AddUint32 AddUint64 AddUintptr AndInt32 AndUint32 AndInt64 AndUint64 AndUintptr OrInt32 OrUint32 OrInt64 OrUint64 OrUintptr',
};
const sets = new Map(Object.entries(table).map(([p, names]) => [p, new Set(names.split(' '))]));

/** Is the function replaced by instructions? */
export function isIntrinsic(pkgPath: string, sym: string): boolean { return sets.get(pkgPath)?.has(sym) ?? false; }
