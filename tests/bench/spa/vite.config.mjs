import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The targets of the SPA.
export default defineConfig({ plugins: [react()], build: { target: ['chrome87', 'safari14'], reportCompressedSize: false } });
