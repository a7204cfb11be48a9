import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Packages that change rarely and are large get a file of their own, so that an update of Gewu leaves them cached. */
const shared = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-i18next|i18next)[\\/]/ },
  { name: 'kit', test: /node_modules[\\/](@mantine|@floating-ui|@tabler|@tanstack)[\\/]/ },
  { name: 'map', test: /node_modules[\\/](ol|rbush|geotiff|proj4|mgrs)[\\/]/ },
  { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
];

export default defineConfig({
  root: fileURLToPath(new URL('./src/ui', import.meta.url)),
  // Relative addresses: the same files are served over http and from the app's own scheme.
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('./dist/ui', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: shared } } },
  },
});
