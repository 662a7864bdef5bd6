import { defineConfig } from 'vitest/config';
import { kitAliases } from './vite.config.ts';

export default defineConfig({
  resolve: { alias: kitAliases },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 120_000,
    // Browser tests wait for real time on whatever machine they get; a second try tells a slow one from a broken one.
    retry: 2,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000, interval: 30 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
