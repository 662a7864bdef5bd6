/** Offsets in the parts of a Swiss map (lib/runtime/map.ts tells what they are), and what compiled code must know of a map type. */

export const mUsed = 0, mSeed = 8, mDirPtr = 16, mDirLen = 24, mGlobalDepth = 32, mTombstone = 35, mClearSeq = 40;
export const tUsed = 0, tCapacity = 2, tGrowthLeft = 4, tLocalDepth = 6, tIndex = 8, tGroups = 16, tLengthMask = 24;

/** The record that a map type's typeMapInfo points at: bytes of a slot, offset of the element in it, bytes of a group, where a miss points. */
export const infoSlotSize = 0, infoElemOff = 4, infoGroupSize = 8, infoZero = 12, infoSize = 16;
