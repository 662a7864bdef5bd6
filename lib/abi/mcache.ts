/**
 * The current P's mcache as compiled code sees it, in linear memory right below the arena.
 *
 * Most small objects are allocated by compiled code itself (lib/compile/helpers.ts). For
 * that the allocator lends it, per span class, a group of up to 32 free slots, and the
 * event log lends it the state that every allocation changes. Compiled code takes a
 * slot, charges the clock, mixes the digest and counts; whenever anything else would
 * have to happen (the group is used up, a point of the heap's timeline or a sample is
 * due, a site is new) it leaves the allocation to the import, and so it does always while
 * a collection marks: then nothing is lent. Who lent takes back before looking at its own
 * state (Malloc.sync, EventLog), so all that can be observed is as if every allocation had
 * gone through Malloc.mallocgc.
 */
import { arenaBase } from './memory.ts';

export const numSpanClasses = 136;
/** Tiny blocks are objects of 16 bytes without pointers. */
export const tinySpanClass = 5;
export const mcacheSize = 0x20000, mcacheBase = arenaBase - mcacheSize;

/**
 * Per span class: free slots of the group (bit i: slot i), address of slot 0 of the group, bytes of a slot; objects taken and
 * bytes asked for, for the log's totals; site and type of each slot.
 */
export const groupFree = 0, groupBase = 4, groupElem = 8, groupCount = 12, groupAsked = 16, groupSites = 64, groupTypes = 192;
export const groups = mcacheBase, groupShift = 9, groupSize = 1 << groupShift;

const cells = groups + numSpanClasses * groupSize;
/** The tiny block: its address, 0 for none, the first free byte in it; objects packed into blocks that were there before. */
export const tinyBlock = cells, tinyOffset = cells + 4, tinyPacked = cells + 8;
/** Bytes that objects may take before the log must be told of one; 0: nothing is lent. */
export const logLeft = cells + 12;
/** The digest's mix, and how many allocations are in it since the log lent it. */
export const logMixA = cells + 16, logMixB = cells + 20, logFolded = cells + 24;
/** Objects packed since the log counted them. */
export const logPacked = cells + 32;
/** Bytes up to the last pointer of the objects taken (mcache.scanAlloc). */
export const scanAlloc = cells + 28;

/** What an object of n bytes costs and needs, n from 0 to fastMax: ticks in the low half, size class in the high one. */
export const sizeTable = cells + 64, fastMax = 1024;

/** Totals by site, direct mapped: the site, its objects and bytes since they were last collected. */
export const siteCache = sizeTable + 4 * (fastMax + 4), siteSlots = 1024, siteShift = 4, siteKey = 0, siteObjects = 4, siteBytes = 8;
