import { fileURLToPath } from "node:url";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./build/compressed";
import { phoneWorker } from "./build/phoneWorker";

/** Where the API answers while the SPA is served by `npm run dev`. */
const api = process.env.WUYE_URL ?? "http://127.0.0.1:8080";

const vendor = (packages: string) => new RegExp(`[\\\\/]node_modules[\\\\/](?:${packages})[\\\\/]`);

export default defineConfig({
  base: "/",
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  plugins: [tanstackRouter(), react(), phoneWorker(), compressed()],
  server: { proxy: { "/api": api, "/docs": api, "/openapi.json": api } },
  build: {
    // Phone and public pages: Chrome 87 and Safari 14, as in WeChat's webview.
    target: ["chrome87", "safari14"],
    manifest: true,
    reportCompressedSize: false,
    // The server sends `script-src 'self'`; nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: {
          groups: [
            { name: "react", test: vendor("react|react-dom|scheduler"), priority: 50 },
            {
              name: "router",
              test: vendor(
                "@tanstack[\\\\/](?:react-router|router-core|history|react-store|store)",
              ),
              priority: 40,
            },
            {
              name: "query",
              test: vendor("@tanstack[\\\\/](?:react-query|query-core)"),
              priority: 40,
            },
            { name: "echarts", test: vendor("echarts|zrender|tslib"), priority: 40 },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./tests/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "build/**/*.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
