import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { notices } from '../licenses/vite-plugin.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), notices('The page of Earshot')],
  // The page runs under a policy that allows no inline script, style or data URL for code.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Zod is told to make no code from strings in the chunk that it comes in, so before any schema is made.
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod|src[\\/]no-eval/ }] },
      },
    },
  },
});
