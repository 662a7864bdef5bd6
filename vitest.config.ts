import { defineConfig } from 'vitest/config';
import { kitAliases } from './vite.config.ts';

export default defineConfig({
  resolve: { alias: kitAliases },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
