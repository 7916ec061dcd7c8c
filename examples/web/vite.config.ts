import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The project's server, with REST below `/rest/v1` and the accounts below `/auth/v1`. */
const server = process.env['EVENTOS_URL'] ?? 'http://127.0.0.1:54321';
/** The shop's own service, from `examples/box-office`. */
const boxOffice = process.env['BOX_OFFICE_URL'] ?? 'http://127.0.0.1:8787';

/** One origin for the page and what it asks, as a shop behind its own domain has. */
const proxy = {
  '/rest/v1': { target: server, changeOrigin: true },
  '/auth/v1': { target: server, changeOrigin: true },
  '/box-office': { target: boxOffice, changeOrigin: true, rewrite: (path: string) => path.replace('/box-office', '') },
};

/** Scripts and WebAssembly of this origin alone; the camera's pictures stay in the page. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: mediastream:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export default defineConfig({
  plugins: [react()],
  // The package is a folder beside this one until it is published: its peers are found here.
  resolve: { dedupe: ['react', 'react-dom', '@tanstack/react-query'] },
  define: {
    'import.meta.env.EVENTOS_ANON_KEY': JSON.stringify(process.env['EVENTOS_ANON_KEY'] ?? ''),
    'import.meta.env.EVENTOS_DEMO_ACCOUNTS': JSON.stringify(process.env['EVENTOS_DEMO_ACCOUNTS'] ?? ''),
  },
  server: { proxy, fs: { allow: ['../..'] } },
  preview: { proxy, headers: { 'Content-Security-Policy': policy, 'Referrer-Policy': 'same-origin' } },
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
});
