import {svelte} from '@sveltejs/vite-plugin-svelte';
import {defineConfig} from 'vitest/config';

// All addresses in the page are relative, so that it works below any base path.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    outDir: '../main/resources/dev/bulkdl/serve/web/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: {polyfill: false},
    reportCompressedSize: false,
    chunkSizeWarningLimit: 400,
  },
  test: {include: ['unit/*.test.ts'], environment: 'node'},
});
