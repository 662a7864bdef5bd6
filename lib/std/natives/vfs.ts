/**
 * The file system a simulated program sees: files and directories in memory, made
 * anew for each run. It stands outside of the simulated heap, as a kernel's does.
 *
 * Calls give 0 or a descriptor, or minus the error number a Unix gives. Paths are
 * strings of bytes (one character a byte), times are nanoseconds of the virtual clock.
 *
 * SIMPLIFIED: one user, who owns all and is not refused anything.
 */

/** Bits of a node's mode, as package io/fs has them. */
export const modeDir = 0x80000000, modeSymlink = 0x8000000;

/** Error numbers of Linux. */
const ENOENT = 2, EBADF = 9, EEXIST = 17, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENOTEMPTY = 39, ELOOP = 40;
/** Flags of open on Linux. */
const O_ACCMODE = 3, O_WRONLY = 1, O_CREAT = 0x40, O_EXCL = 0x80, O_TRUNC = 0x200, O_APPEND = 0x400;

export interface Node {
  readonly ino: number;
  mode: number;
  mtime: number;
  /** A file's bytes, of which `size` count. */
  data: Uint8Array;
  size: number;
  /** A directory's entries. */
  readonly entries: Map<string, Node> | null;
  /** Where a symbolic link leads. */
  readonly target: string;
}

interface Handle { readonly node: Node; readonly flags: number; at: number; }
/** What a path leads to: its directory, the name in it, the node or undefined; or an error. */
interface Place { readonly dir: Node; readonly name: string; readonly node: Node | undefined; }

const noBytes = new Uint8Array(0);

export class Vfs {
  #inodes = 1;
  readonly #now: () => number;
  readonly #root: Node;
  #cwd = '/home/lab';
  readonly #open = new Map<number, Handle>();

  /** now: the virtual clock, in ns since 1970. */
  constructor(now: () => number) {
    this.#now = now;
    this.#root = this.#node(modeDir | 0o755, '');
    for (const d of ['/tmp', '/home', '/home/lab']) this.mkdir(d, d === '/tmp' ? 0o1777 : 0o755);
  }

  #node(mode: number, target: string): Node {
    const dir = (mode & modeDir) !== 0;
    return { ino: this.#inodes++, mode: mode >>> 0, mtime: this.#now(), data: noBytes, size: dir ? 4096 : target.length, entries: dir ? new Map() : null, target };
  }

  /** Walks a path. follow: also through a symbolic link at its end. */
  #find(path: string, follow: boolean, depth = 0): Place | number {
    if (path === '') return -ENOENT;
    if (depth > 40) return -ELOOP;
    const parts = (path.startsWith('/') ? path : `${this.#cwd}/${path}`).split('/').filter((p) => p !== '' && p !== '.');
    const above: Node[] = [];
    let dir = this.#root;
    for (let i = 0; i < parts.length; i++) {
      const name = parts[i]!, last = i === parts.length - 1;
      if (dir.entries === null) return -ENOTDIR;
      if (name === '..') { dir = above.pop() ?? this.#root; continue; }
      const node = dir.entries.get(name);
      if (node && node.mode & modeSymlink && (!last || follow)) {
        const here = parts.slice(0, i).join('/');
        return this.#find([node.target.startsWith('/') ? node.target : `/${here}/${node.target}`, ...parts.slice(i + 1)].join('/'), follow, depth + 1);
      }
      if (last) return path.endsWith('/') && node && node.entries === null ? -ENOTDIR : { dir, name, node };
      if (!node) return -ENOENT;
      above.push(dir);
      dir = node;
    }
    return { dir, name: '.', node: dir };
  }

  #handle(fd: number): Handle | undefined { return this.#open.get(fd); }

  /** Opens a file; a descriptor of 3 or more. perm: permission bits of a file made. */
  open(path: string, flags: number, perm: number): number {
    const place = this.#find(path, true);
    if (typeof place === 'number') return place;
    let { node } = place;
    if (node) {
      if (flags & O_CREAT && flags & O_EXCL) return -EEXIST;
      if (node.entries !== null && flags & O_ACCMODE) return -EISDIR;
      if (flags & O_TRUNC && flags & O_ACCMODE) { node.size = 0; node.data = noBytes; node.mtime = this.#now(); }
    } else {
      if (!(flags & O_CREAT)) return -ENOENT;
      node = this.#node(perm & ~0o022, '');
      place.dir.entries!.set(place.name, node);
      place.dir.mtime = node.mtime;
    }
    let fd = 3;
    while (this.#open.has(fd)) fd++;
    this.#open.set(fd, { node, flags, at: 0 });
    return fd;
  }

  close(fd: number): number { return this.#open.delete(fd) ? 0 : -EBADF; }

  /** Copies bytes from `off` on (below 0: from the descriptor's place, which moves) into b. */
  read(fd: number, b: Uint8Array, off: number): number {
    const h = this.#handle(fd);
    if (!h || (h.flags & O_ACCMODE) === O_WRONLY) return -EBADF;
    if (h.node.entries !== null) return -EISDIR;
    const from = off < 0 ? h.at : off, n = Math.max(0, Math.min(b.length, h.node.size - from));
    b.set(h.node.data.subarray(from, from + n));
    if (off < 0) h.at += n;
    return n;
  }

  write(fd: number, b: Uint8Array, off: number): number {
    const h = this.#handle(fd);
    if (!h || (h.flags & O_ACCMODE) === 0) return -EBADF;
    const { node } = h;
    const from = off >= 0 ? off : h.flags & O_APPEND ? node.size : h.at, end = from + b.length;
    this.#grow(node, Math.max(node.size, end));
    node.data.set(b, from);
    node.mtime = this.#now();
    if (off < 0) h.at = end;
    return b.length;
  }

  #grow(node: Node, size: number): void {
    if (size > node.data.length) {
      const data = new Uint8Array(Math.max(size, 2 * node.data.length));
      data.set(node.data.subarray(0, node.size));
      node.data = data;
    } else if (size < node.size) node.data.fill(0, size, node.size);
    node.size = size;
  }

  /** Moves the descriptor's place: whence 0 from the start, 1 from here, 2 from the end. */
  seek(fd: number, offset: number, whence: number): number {
    const h = this.#handle(fd);
    if (!h) return -EBADF;
    const at = offset + (whence === 0 ? 0 : whence === 1 ? h.at : h.node.size);
    if (at < 0 || whence < 0 || whence > 2) return -EINVAL;
    return h.at = at;
  }

  truncate(fd: number, size: number): number {
    const h = this.#handle(fd);
    if (!h) return -EBADF;
    if (size < 0 || (h.flags & O_ACCMODE) === 0) return -EINVAL;
    this.#grow(h.node, size);
    h.node.mtime = this.#now();
    return 0;
  }

  /** The node of a path or an open file, or an error. */
  stat(path: string, follow: boolean): Node | number {
    const place = this.#find(path, follow);
    return typeof place === 'number' ? place : place.node ?? -ENOENT;
  }

  fstat(fd: number): Node | number { return this.#handle(fd)?.node ?? -EBADF; }

  mkdir(path: string, perm: number): number { return this.#make(path, () => this.#node(modeDir | (perm & 0o777 & ~0o022), '')); }
  symlink(target: string, path: string): number { return this.#make(path, () => this.#node(modeSymlink | 0o777, target)); }

  link(from: string, path: string): number {
    const node = this.stat(from, false);
    return typeof node === 'number' ? node : this.#make(path, () => node);
  }

  #make(path: string, node: () => Node): number {
    const place = this.#find(path, false);
    if (typeof place === 'number') return place;
    if (place.node) return -EEXIST;
    if (place.name === '..' || place.dir.entries === null) return -ENOENT;
    const made = node();
    place.dir.entries.set(place.name, made);
    place.dir.mtime = this.#now();
    return 0;
  }

  /** Removes a file or an empty directory. */
  remove(path: string): number {
    const place = this.#find(path, false);
    if (typeof place === 'number') return place;
    if (!place.node) return -ENOENT;
    if (place.name === '.') return -EINVAL;
    if (place.node.entries !== null && place.node.entries.size > 0) return -ENOTEMPTY;
    place.dir.entries!.delete(place.name);
    place.dir.mtime = this.#now();
    return 0;
  }

  rename(from: string, to: string): number {
    const a = this.#find(from, false), b = this.#find(to, false);
    if (typeof a === 'number') return a;
    if (typeof b === 'number') return b;
    if (!a.node) return -ENOENT;
    if (b.node && b.node !== a.node) {
      if (b.node.entries !== null && a.node.entries === null) return -EEXIST;
      if (b.node.entries === null && a.node.entries !== null) return -ENOTDIR;
      if (b.node.entries !== null && b.node.entries.size > 0) return -ENOTEMPTY;
    }
    a.dir.entries!.delete(a.name);
    b.dir.entries!.set(b.name, a.node);
    return 0;
  }

  chmod(path: string, mode: number): number {
    const node = this.stat(path, true);
    if (typeof node === 'number') return node;
    node.mode = ((node.mode & (modeDir | modeSymlink)) | (mode & 0o777) | (mode & 0xf00000)) >>> 0;
    return 0;
  }

  utimes(path: string, mtime: number): number {
    const node = this.stat(path, true);
    if (typeof node === 'number') return node;
    node.mtime = mtime;
    return 0;
  }

  /** Names in a directory, sorted, each followed by a zero byte; or an error. */
  list(path: string): string | number {
    const node = this.stat(path, true);
    if (typeof node === 'number') return node;
    if (node.entries === null) return -ENOTDIR;
    return [...node.entries.keys()].sort().map((n) => `${n}\0`).join('');
  }

  /** Where a symbolic link leads, or an error. */
  readlink(path: string): string | number {
    const node = this.stat(path, false);
    return typeof node === 'number' ? node : node.mode & modeSymlink ? node.target : -EINVAL;
  }

  chdir(path: string): number {
    const node = this.stat(path, true);
    if (typeof node === 'number') return node;
    if (node.entries === null) return -ENOTDIR;
    const parts: string[] = [];
    for (const p of (path.startsWith('/') ? path : `${this.#cwd}/${path}`).split('/')) {
      if (p === '..') parts.pop(); else if (p !== '' && p !== '.') parts.push(p);
    }
    this.#cwd = `/${parts.join('/')}`;
    return 0;
  }

  cwd(): string { return this.#cwd; }
}
