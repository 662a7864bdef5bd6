/** The TypeScript compiler, for the first TypeScript cell. */
export { transpileTypeScript } from 'kit:typescript';
