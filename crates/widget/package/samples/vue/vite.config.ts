import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: { target: "es2022" },
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("matinee-") } } })],
  // The elements' files are served as they are. A site with static files of its own would copy the folder beside them.
  publicDir: "../node_modules/matinee-recommender/elements",
});
