import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: { target: "es2022" },
  // In development, Vite would bundle the package without its WebAssembly.
  optimizeDeps: { exclude: ["matinee-recommender"] },
});
